#include "platform/identity/password_blocklist.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

namespace terrace::identity {
namespace {

/// What is left of a common password when digits and signs are taken off its ends and the swaps are undone.
constexpr auto common_words = std::to_array<std::string_view>({
    "abcabc",        "abcd",        "abcdef",     "access",      "account",      "admin",     "administrador",
    "administrator", "aaaa",        "alexander",  "amanda",      "america",      "andrea",    "andrew",
    "angel",         "anthony",     "apollo",     "arsenal",     "asdf",         "asdfasdf",  "asdfgh",
    "asdfghjkl",     "ashley",      "australia",  "babygirl",    "backup",       "bailey",    "bangalore",
    "barcelona",     "baseball",    "basketball", "batman",      "beautiful",    "bharat",    "blessed",
    "bollywood",     "brandon",     "brazil",     "butterfly",   "california",   "canada",    "carolina",
    "changeit",      "changeme",    "charlie",    "chelsea",     "chennai",      "chocolate", "christian",
    "christmas",     "clinic",      "computer",   "cookie",      "correct",      "cricket",   "daniel",
    "default",       "delhi",       "demo",       "diamond",     "doctor",       "dragon",    "elizabeth",
    "england",       "facebook",    "family",     "flower",      "football",     "forever",   "freedom",
    "friend",        "friends",     "ganesh",     "ganesha",     "gmail",        "godisgood", "google",
    "guest",         "hanuman",     "happiness",  "happy",       "harrypotter",  "hello",     "helloworld",
    "hospital",      "hunter",      "hyderabad",  "iloveyou",    "iloveyouso",   "india",     "indian",
    "instagram",     "internet",    "iphone",     "jaihind",     "jasmine",      "jennifer",  "jessica",
    "jesus",         "jesuschrist", "jordan",     "joshua",      "justin",       "killer",    "kolkata",
    "krishna",       "lakshmi",     "letmein",    "letmeinnow",  "linkedin",     "liverpool", "login",
    "lovely",        "loveme",      "loveyou",    "lucky",       "madrid",       "maggie",    "mahadev",
    "manager",       "manchester",  "master",     "matthew",     "michael",      "michelle",  "microsoft",
    "minecraft",     "monday",      "monkey",     "mother",      "mumbai",       "mustang",   "mynameis",
    "mypassword",    "namaste",     "naruto",     "newpassword", "nicholas",     "nothing",   "nurse",
    "office",        "pakistan",    "pass",       "passcode",    "passphrase",   "passw",     "password",
    "passwords",     "patient",     "patients",   "patrick",     "pepper",       "pharmacy",  "phoenix",
    "pokemon",       "princess",    "purple",     "qazwsx",      "qazwsxedc",    "qwer",      "qwerty",
    "qwertyui",      "qwertyuiop",  "rainbow",    "reception",   "receptionist", "remember",  "richard",
    "robert",        "root",        "saibaba",    "sairam",      "samantha",     "samsung",   "samurai",
    "school",        "secret",      "security",   "server",      "shadow",       "shivaay",   "shopping",
    "shriram",       "silver",      "snoopy",     "soccer",      "spiderman",    "starwars",  "student",
    "summer",        "sunday",      "sunflower",  "sunshine",    "superman",     "superstar", "support",
    "system",        "temp",        "temporary",  "test",        "testing",      "thankyou",  "thomas",
    "tigger",        "trustno",     "twitter",    "unknown",     "user",         "username",  "victoria",
    "vishnu",        "warrior",     "water",      "welcome",     "welcometo",    "whatever",  "whatsapp",
    "william",       "windows",     "winter",     "worldcup",    "yourname",     "youtube",   "zxcvbn",
    "zxcvbnm",
});

/// Whole passwords without their spaces and signs.
constexpr auto common_phrases = std::to_array<std::string_view>({
    "123qweasdzxc",
    "1q2w3e4r5t6y",
    "1qaz2wsx3edc",
    "3rjs1la7qe",
    "abcdefg1234567",
    "adminadminadmin",
    "changemenow",
    "changethispassword",
    "correcthorsebatterystaple",
    "dontforgetthis",
    "everythingisfine",
    "godisgreat",
    "harekrishnahareram",
    "iamtheboss",
    "iloveindia",
    "ilovemyfamily",
    "ilovemylife",
    "iloveyouforever",
    "iloveyousomuch",
    "incorrecthorsebattery",
    "itsasecret",
    "jaishreeram",
    "jaishriram",
    "jesuslovesme",
    "justdoitnow",
    "keepitsimple",
    "letmeinplease",
    "livelaughlove",
    "lordoftherings",
    "maythe4thbewithyou",
    "maytheforcebewithyou",
    "meramahan",
    "merabharatmahan",
    "mynameisbond",
    "mypasswordis",
    "mypasswordispassword",
    "myveryownpassword",
    "neverforgetme",
    "nevergiveup",
    "nopassword",
    "notapassword",
    "omnamahshivaya",
    "omnamahshivay",
    "onetwothreefour",
    "opensesame",
    "openthedoor",
    "p4ssw0rdp4ssw0rd",
    "passwordisnotpassword",
    "passwordispassword",
    "pleaseletmein",
    "qwerty123456qwerty",
    "qwertyuiopasdf",
    "radhekrishna",
    "radheradhe",
    "secretpassword",
    "showmethemoney",
    "simplepassword",
    "supersecret",
    "supersecretpassword",
    "thequickbrownfox",
    "thequickbrownfoxjumps",
    "thisisapassword",
    "thisismypassword",
    "thisisnotapassword",
    "tobeornottobe",
    "topsecret",
    "trustnoone",
    "vandemataram",
    "verysecretpassword",
    "whatismypassword",
    "whatisthepassword",
    "willyoumarryme",
    "winteriscoming",
    "youshallnotpass",
});

constexpr auto runs = std::to_array<std::string_view>({
    "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
    "zyxwvutsrqponmlkjihgfedcbazyxwvutsrqponmlkjihgfedcba",
    "012345678901234567890123456789",
    "098765432109876543210987654321",
    "qwertyuiopasdfghjklzxcvbnmqwertyuiop",
    "qwertyuiop[]asdfghjkl;'zxcvbnm,./",
    "1234567890qwertyuiopasdfghjklzxcvbnm",
    "`1234567890-=qwertyuiop[]",
    "!@#$%^&*()_+!@#$%^&*()",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
    "qazwsxedcrfvtgbyhnujmikolp",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "a1b2c3d4e5f6g7h8i9j0",
});

char letter_behind(char c) {
    switch (c) {
        case '0':
            return 'o';
        case '1':
        case '!':
            return 'i';
        case '3':
            return 'e';
        case '4':
        case '@':
            return 'a';
        case '5':
        case '$':
            return 's';
        case '7':
            return 't';
        default:
            return c;
    }
}

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

/// The letters between the first and the last one; what stands between them is dropped or, with `undo_swaps`, read as
/// the letter that it stands for.
std::string core_of(std::string_view password, bool undo_swaps) {
    const auto first = std::ranges::find_if(password, is_letter);
    if (first == password.end()) return {};
    auto last = password.end();
    while (!is_letter(*(last - 1))) --last;
    std::string core;
    for (auto c = first; c != last; ++c)
        if (const char letter = undo_swaps ? letter_behind(*c) : *c; is_letter(letter)) core += letter;
    return core;
}

bool is_common_word(std::string_view core) {
    return std::ranges::find(common_words, core) != common_words.end();
}

/// The shortest unit of which `text` is a repetition; the last one may be cut short.
std::size_t period(std::string_view text) {
    for (std::size_t unit = 1; unit < text.size(); ++unit)
        if (text.substr(unit) == text.substr(0, text.size() - unit)) return unit;
    return text.size();
}

std::string without_signs(std::string_view password) {
    std::string out;
    for (const char c : password)
        if (is_letter(c) || (c >= '0' && c <= '9')) out += c;
    return out;
}

}  // namespace

bool is_common_password(std::string_view password) {
    if (std::ranges::find(common_phrases, without_signs(password)) != common_phrases.end()) return true;
    return std::ranges::any_of(std::array{true, false}, [&](bool undo_swaps) {
        const std::string core = core_of(password, undo_swaps);
        return is_common_word(core) || is_common_word(std::string_view(core).substr(0, period(core)));
    });
}

bool is_patterned_password(std::string_view password) {
    if (period(password) * 2 <= password.size()) return true;
    std::string characters(password);
    std::ranges::sort(characters);
    const auto repeated = std::ranges::unique(characters);
    if (characters.size() - repeated.size() <= 3) return true;
    return std::ranges::any_of(runs, [&](std::string_view run) { return run.contains(password); });
}

}  // namespace terrace::identity
