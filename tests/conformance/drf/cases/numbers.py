"""Points 5 to 7: money, decimals, times of day, durations."""

from case import UNSET, Case, change, create

MONEY = [
    create(5, "money", {"cost": 2500}),
    create(5, "no money", {"cost": 0}),
    create(5, "money below nought", {"cost": -1}),
    create(5, "money as a fraction", {"cost": 25.5}),
    create(5, "null for money", {"cost": None}),
]

DECIMALS = [
    *(create(6, f"the text {number}", {"price": number})
      for number in ("12.50", "12.5", "12", "0", "0.00", "10000.00", "+3.25", " 7.10 ", "007.10")),
    create(6, "a decimal left out", {"price": UNSET}),
    create(6, "an integer", {"price": 12}),
    create(6, "a fraction", {"price": 12.5}),
    create(6, "a fraction of one decimal too many", {"price": 12.345}),
    *(create(6, f"no decimal: {number!r}", {"price": number})
      for number in ("twelve", "", "12,50", "1 000", "--1", "1.2.3", "NaN", "Infinity", "-Infinity", "0x1F", "₹5")),
    *(create(6, f"a decimal that does not fit: {number}", {"price": number})
      for number in ("12.345", "0.001", "123456.78", "99999.99", "1234567.00")),
    create(6, "below nought", {"price": "-0.01"}),
    create(6, "above the most", {"price": "10000.01"}),
    create(6, "an exponent", {"price": "1e2"}, differs="no-exponents"),
    create(6, "a negative exponent", {"price": "125e-2"}, differs="no-exponents"),
    create(6, "noughts at the end", {"price": "1.500"}),
    create(6, "the point first", {"price": ".5"}),
    create(6, "the point last", {"price": "5."}),
    create(6, "true", {"price": True}),
    create(6, "a list", {"price": ["1.00"]}),
    create(6, "null", {"price": None}),
    create(6, "a text of a thousand and one digits", {"price": "1" * 1001}, differs="long-digits"),
    create(6, "digits of another script", {"price": "१२"}, differs="ascii-digits"),
    change(6, "PATCH of a decimal", {"price": "3.10"}, {"price": "1.00"}),
    change(6, "PATCH of a wrong decimal", {"price": "3.105"}, {"price": "1.00"}),
]

TIMES = [
    *(create(7, f"the time {time}", {"opens": time}) for time in ("09:30:00", "00:00:00", "23:59:59", "09:30")),
    create(7, "a time with microseconds", {"opens": "09:30:00.000123"}),
    create(7, "a time with half a second", {"opens": "09:30:00.5"}, differs="time-decimals"),
    *(create(7, f"no time: {time!r}", {"opens": time})
      for time in ("24:00:00", "09:60:00", "09:30:60", "noon", "9.30", "", "2026-11-28T09:30:00Z")),
    create(7, "a time of one digit", {"opens": "9:30:00"}, differs="iso-times"),
    create(7, "a time with a zone", {"opens": "09:30:00+05:30"}, differs="iso-times"),
    create(7, "a number for a time", {"opens": 930}),
    create(7, "null for a time", {"opens": None}),
]

DURATIONS = [
    *(create(7, f"the duration {duration}", {"warranty": duration}, differs="duration-form")
      for duration in ("PT1H30M", "P1DT2H", "PT90M", "PT0S", "P14D")),
    create(7, "weeks", {"warranty": "P2W"}, differs="weeks"),
    create(7, "Django's own form", {"warranty": "1 02:00:00"}, differs="iso-durations"),
    create(7, "a duration like a time", {"warranty": "01:30:00"}, differs="iso-durations"),
    create(7, "fractions of a second", {"warranty": "PT1.5S"}, differs="whole-seconds"),
    create(7, "less than nothing", {"warranty": "-PT1H"}, differs="whole-seconds"),
    create(7, "a month", {"warranty": "P1M"}, differs="duration-words"),
    create(7, "a number of seconds", {"warranty": 90}, differs="iso-durations"),
    *(create(7, f"no duration: {duration!r}", {"warranty": duration}, differs="duration-words") for duration in ("soon", "PT1X", "1h")),
    create(7, "an empty duration", {"warranty": ""}, differs="half-durations"),
    create(7, "half a duration", {"warranty": "P"}, differs="half-durations"),
    create(7, "null for a duration", {"warranty": None}),
    create(7, "a list for a duration", {"warranty": ["PT1H"]}, differs="duration-words"),
]

CASES: list[Case] = [*MONEY, *DECIMALS, *TIMES, *DURATIONS]
