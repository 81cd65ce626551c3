"""Splink's settings for each data set, as its documentation would have them: its own comparisons for names, dates, e-mails and
postcodes, term frequencies where values differ in frequency, blocking rules of the same kind as ours. Written once per data set,
by hand, knowing the columns: more than `propose` is given."""

import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import block_on


def words(column, *thresholds):
    return cl.JaroWinklerAtThresholds(column, list(thresholds) or [0.92, 0.8]).configure(term_frequency_adjustments=True)


def exact(column):
    return cl.ExactMatch(column).configure(term_frequency_adjustments=True)


def one_typo(column):
    return cl.DamerauLevenshteinAtThresholds(column, [1]).configure(term_frequency_adjustments=True)


def date(column, pattern="%Y-%m-%d"):
    return cl.DateOfBirthComparison(column, input_is_string=True, datetime_format=pattern)


febrl = {
    "comparisons": [
        cl.NameComparison("given_name"),
        cl.NameComparison("surname"),
        date("date_of_birth", "%Y%m%d"),
        one_typo("soc_sec_id"),
        exact("street_number"),
        words("address_1"),
        exact("postcode"),
        words("suburb"),
    ],
    "blocking": [
        block_on("soc_sec_id"),
        block_on("given_name", "surname"),
        block_on("date_of_birth"),
        block_on("surname", "postcode"),
        block_on("given_name", "postcode"),
        block_on("address_1", "street_number"),
    ],
    "deterministic": [block_on("soc_sec_id"), block_on("given_name", "surname", "date_of_birth")],
    "recall": 0.9,
    "training": [block_on("soc_sec_id"), block_on("date_of_birth"), block_on("given_name", "surname")],
}

fake_1000 = {
    "comparisons": [
        cl.NameComparison("first_name"),
        cl.NameComparison("surname"),
        date("dob"),
        exact("city"),
        cl.EmailComparison("email"),
    ],
    "blocking": [
        block_on("first_name", "city"),
        block_on("surname", "city"),
        block_on("first_name", "surname"),
        block_on("dob"),
        block_on("email"),
        block_on("surname"),
        block_on("first_name"),
    ],
    "deterministic": [block_on("first_name", "dob"), block_on("email")],
    "recall": 0.7,
    "training": [block_on("first_name", "surname"), block_on("dob"), block_on("email")],
}

census = {
    "comparisons": [words("surname"), words("given"), exact("initial"), exact("number"), words("street")],
    "blocking": [
        block_on("surname"),
        block_on("given", "number"),
        block_on("number", "street"),
        block_on("substr(surname, 1, 3)", "given"),
    ],
    "deterministic": [block_on("surname", "given", "number"), block_on("surname", "given", "street")],
    "recall": 0.6,
    "training": [block_on("surname"), block_on("number", "street"), block_on("given", "number")],
}

companies = {
    "comparisons": [
        words("org_name", 0.95, 0.88, 0.8),
        words("street"),
        exact("city"),
        exact("postcode"),
        exact("website"),
        exact("phone"),
    ],
    "blocking": [
        block_on("org_name"),
        block_on("website"),
        block_on("phone"),
        block_on("postcode"),
        block_on("street"),
        block_on("substr(org_name, 1, 6)"),
    ],
    "deterministic": [block_on("website"), block_on("phone"), block_on("org_name", "postcode")],
    "recall": 0.8,
    "training": [block_on("postcode"), block_on("website"), block_on("org_name")],
}

truthset = {
    "comparisons": [
        words("primary_name_full"),
        words("primary_name_org"),
        words("primary_name_last"),
        words("primary_name_first"),
        exact("date_of_birth"),
        words("addr_full"),
        words("addr_line1"),
        exact("phone_number"),
        exact("email_address"),
        exact("ssn_number"),
        exact("national_id_number"),
        exact("passport_number"),
    ],
    "blocking": [
        block_on("primary_name_full"),
        block_on("primary_name_org"),
        block_on("primary_name_last"),
        block_on("date_of_birth"),
        block_on("phone_number"),
        block_on("email_address"),
        block_on("ssn_number"),
        block_on("national_id_number"),
        block_on("passport_number"),
        block_on("addr_full"),
    ],
    "deterministic": [block_on("ssn_number"), block_on("email_address"), block_on("primary_name_last", "primary_name_first", "date_of_birth")],
    "recall": 0.6,
    "training": [block_on("primary_name_last"), block_on("date_of_birth"), block_on("phone_number")],
}

spanish = {
    "comparisons": [
        cl.CustomComparison(
            output_column_name="given",
            comparison_levels=[
                cll.NullLevel("given"),
                cll.ExactMatchLevel("given", term_frequency_adjustments=True),
                cll.ExactMatchLevel("given_root"),
                cll.JaroWinklerLevel("given", 0.92),
                cll.JaroWinklerLevel("given", 0.8),
                cll.ElseLevel(),
            ],
        ),
        words("surname1"),
        words("surname2"),
        date("birth_date"),
        one_typo("national_id"),
        cl.EmailComparison("email"),
        one_typo("phone"),
        one_typo("mobile"),
        words("street", 0.9),
        exact("postcode"),
    ],
    "blocking": [
        block_on("national_id"),
        block_on("email"),
        block_on("phone", "given_root"),
        block_on("mobile"),
        block_on("birth_date", "given_root"),
        block_on("birth_date", "surname1"),
        block_on("given_root", "surname1", "surname2"),
        block_on("given_root", "surname1", "postcode"),
        block_on("street", "given_root"),
    ],
    "deterministic": [block_on("national_id"), block_on("mobile", "given_root"), block_on("birth_date", "given_root", "surname1")],
    "recall": 0.7,
    "training": [block_on("national_id"), block_on("mobile"), block_on("birth_date", "surname1")],
}

SETTINGS = {
    "febrl1": febrl,
    "febrl2": febrl,
    "febrl3": febrl,
    "fake_1000": fake_1000,
    "census_jedai": census,
    "orgs_hard": companies,
    "senzing_truthset": truthset,
    "spanish": spanish,
    "spanish_loose": {**spanish, "blocking": [*spanish["blocking"], block_on("birth_date"), block_on("surname1", "surname2")]},
}
