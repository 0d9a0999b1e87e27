"""Words of many resources in Hindi. What is not among them stays English until somebody says it (`npm run untranslated`)."""

WORDS = {
    "Active": "सक्रिय", "Address": "पता", "Age": "उम्र", "Amount": "राशि", "Category": "श्रेणी", "City": "शहर", "Code": "कोड",
    "Colour": "रंग", "Contact": "संपर्क", "Date": "तारीख़", "Day": "दिन", "Description": "विवरण", "Duration": "अवधि",
    "Email": "ई-मेल", "Kind": "प्रकार", "Name": "नाम", "Note": "टिप्पणी", "Notes": "टिप्पणियाँ", "Number": "संख्या",
    "Patient": "मरीज़", "Phone": "फ़ोन", "Price": "क़ीमत", "Quantity": "मात्रा", "Reason": "कारण", "Remark": "टिप्पणी",
    "Room": "कमरा", "Rooms": "कमरे", "State": "स्थिति", "Status": "स्थिति", "Supplier": "आपूर्तिकर्ता",
    "Suppliers": "आपूर्तिकर्ता", "Time": "समय", "Title": "शीर्षक", "Type": "प्रकार", "Website": "वेबसाइट", "Weight": "वज़न",
    "Appointment type": "अपॉइंटमेंट का प्रकार", "Appointment types": "अपॉइंटमेंट के प्रकार",
    "Red": "लाल", "Green": "हरा", "Blue": "नीला", "Yellow": "पीला", "Black": "काला", "White": "सफ़ेद",
    "Open": "खुला", "Closed": "बंद", "Done": "पूरा", "Draft": "मसौदा", "Cancelled": "रद्द", "Other": "अन्य",
    "Low": "कम", "High": "ज़्यादा", "Small": "छोटा", "Large": "बड़ा",
}
SENTENCES = {"New {thing}": "{thing}: नया", "Edit {thing}": "{thing}: बदलें"}


def say(text, thing=""):
    if not thing:
        return WORDS.get(text, text)
    known = WORDS.get(thing[0].upper() + thing[1:])
    return SENTENCES[text].replace("{thing}", known) if known else text.replace("{thing}", thing)
