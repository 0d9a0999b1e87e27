#include "clinic/demo_names.hpp"

#include <array>
#include <stdexcept>
#include <string>

namespace terrace::clinic {
namespace {

using Names = std::string_view;

constexpr Names hindi_women[] = {"Asha",     "Kavita", "Neha",   "Pooja",  "Priya",   "Rekha",  "Ritu",
                                 "Sangeeta", "Seema",  "Shweta", "Sunita", "Vandana", "Anjali", "Babita"};
constexpr Names hindi_men[] = {"Amit",   "Anil",   "Deepak", "Manoj", "Mukesh", "Pankaj", "Rahul",
                               "Rajesh", "Ramesh", "Sanjay", "Sunil", "Suresh", "Vijay",  "Vinod"};
constexpr Names hindi_families[] = {"Agarwal", "Chauhan", "Gupta",  "Mishra",   "Pandey", "Sharma",
                                    "Shukla",  "Singh",   "Tiwari", "Tripathi", "Verma",  "Yadav"};

constexpr Names marathi_women[] = {"Aparna", "Archana", "Ashwini", "Gauri",     "Manisha", "Medha", "Mrunal",
                                   "Nilima", "Pallavi", "Rohini",  "Shubhangi", "Smita",   "Sneha", "Vaishali"};
constexpr Names marathi_men[] = {"Abhijit", "Ajay",     "Aniket", "Ganesh", "Mahesh", "Mandar", "Nilesh",
                                 "Nitin",   "Prashant", "Rohan",  "Sachin", "Sagar",  "Tushar", "Vaibhav"};
constexpr Names marathi_families[] = {"Bhosale", "Chavan", "Deshmukh", "Deshpande", "Gaikwad", "Jadhav",
                                      "Joshi",   "Kadam",  "Kulkarni", "More",      "Patil",   "Shinde"};

constexpr Names tamil_women[] = {"Abirami", "Bhuvana", "Deepa",   "Gayathri", "Kavitha", "Lakshmi", "Meena",
                                 "Nithya",  "Priya",   "Revathi", "Saranya",  "Selvi",   "Sudha",   "Vasanthi"};
constexpr Names tamil_men[] = {"Arun",  "Balaji",    "Ganesan", "Karthik", "Kumar",  "Murugan", "Prakash",
                               "Rajan", "Saravanan", "Senthil", "Siva",    "Suresh", "Vel",     "Vignesh"};
constexpr Names tamil_families[] = {"Annamalai", "Chidambaram", "Govindan", "Krishnan", "Muthu",     "Natarajan",
                                    "Palani",    "Raman",       "Sundaram", "Swamy",    "Thangavel", "Venkatesan"};

constexpr Names telugu_women[] = {"Anusha", "Bhavani", "Divya",   "Jyothi", "Lavanya", "Madhavi",
                                  "Padma",  "Sirisha", "Sravani", "Swathi", "Uma",     "Vijaya"};
constexpr Names telugu_men[] = {"Chandra", "Hari", "Kiran", "Krishna",  "Mahesh", "Naresh",
                                "Prasad",  "Ravi", "Sai",   "Srinivas", "Venkat", "Vamsi"};
constexpr Names telugu_families[] = {"Chowdary", "Goud",  "Kondapalli", "Naidu", "Rao",     "Reddy",
                                     "Sastry",   "Varma", "Vemula",     "Yalla", "Bandaru", "Gollapudi"};

constexpr Names bengali_women[] = {"Ananya",   "Aparajita", "Bipasha",  "Debjani", "Indrani",  "Madhumita", "Mousumi",
                                   "Paromita", "Rituparna", "Sharmila", "Shreya",  "Sudeshna", "Tanushree", "Tapati"};
constexpr Names bengali_men[] = {"Abhishek",  "Anirban", "Arindam", "Debashis", "Dipankar", "Kaushik", "Partha",
                                 "Prosenjit", "Sandip",  "Saikat",  "Subrata",  "Sumit",    "Tapas",   "Tarun"};
constexpr Names bengali_families[] = {"Banerjee", "Bose",  "Chatterjee", "Das", "Dutta", "Ghosh",
                                      "Guha",     "Kundu", "Mukherjee",  "Pal", "Roy",   "Sen"};

constexpr Names muslim_women[] = {"Ayesha", "Farzana", "Fatima", "Hina",    "Mumtaz", "Nasreen",
                                  "Nazia",  "Rubina",  "Sabiha", "Shabana", "Yasmin", "Zainab"};
constexpr Names muslim_men[] = {"Abdul", "Arif",   "Asif",   "Faisal", "Imran", "Irfan",
                                "Javed", "Mohsin", "Nadeem", "Salim",  "Yusuf", "Zubair"};
constexpr Names muslim_families[] = {"Ahmed",   "Ansari", "Hussain",  "Khan", "Mirza",   "Pathan",
                                     "Qureshi", "Shaikh", "Siddiqui", "Syed", "Tamboli", "Inamdar"};

constexpr Names christian_women[] = {"Agnes", "Anita", "Elizabeth", "Grace",  "Jessy", "Leena",
                                     "Maria", "Mary",  "Roselin",   "Sheeba", "Susan", "Teresa"};
constexpr Names christian_men[] = {"Anthony", "Benny",  "David", "George", "Jacob",  "John",
                                   "Joseph",  "Mathew", "Paul",  "Peter",  "Thomas", "Wilson"};
constexpr Names christian_families[] = {"D'Costa", "D'Souza", "Fernandes", "Kurian",    "Lobo",     "Mathews",
                                        "Pereira", "Pinto",   "Rodrigues", "Sebastian", "Varghese", "Xavier"};

/// Written in Devanagari, as some patients write themselves.
constexpr Names devanagari_women[] = {"मीना", "सुनीता", "अनुराधा", "ज्योति", "सरस्वती", "कविता"};
constexpr Names devanagari_men[] = {"रमेश", "विनायक", "गणेश", "संतोष", "प्रकाश", "दत्तात्रय"};
constexpr Names devanagari_families[] = {"शर्मा", "पाटील", "कुलकर्णी", "जोशी", "देशपांडे", "वर्मा"};

constexpr std::array pools{
    NamePool{"hindi", hindi_women, hindi_men, hindi_families},
    NamePool{"marathi", marathi_women, marathi_men, marathi_families},
    NamePool{"tamil", tamil_women, tamil_men, tamil_families, true},
    NamePool{"telugu", telugu_women, telugu_men, telugu_families},
    NamePool{"bengali", bengali_women, bengali_men, bengali_families},
    NamePool{"muslim", muslim_women, muslim_men, muslim_families},
    NamePool{"christian", christian_women, christian_men, christian_families},
    NamePool{"devanagari", devanagari_women, devanagari_men, devanagari_families},
};

}  // namespace

const NamePool& name_pool(std::string_view region) {
    for (const NamePool& pool : pools)
        if (pool.region == region) return pool;
    throw std::logic_error("no names are known for " + std::string(region));
}

}  // namespace terrace::clinic
