"""Swedish dates and numbers as a municipal editor writes them."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y \\k\\l. H.i"
TIME_FORMAT = "H.i"
SHORT_DATE_FORMAT = "Y-m-d"
MONTH_DAY_FORMAT = "j F"
YEAR_MONTH_FORMAT = "F Y"
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "\u00a0"
NUMBER_GROUPING = 3
FIRST_DAY_OF_WEEK = 1
