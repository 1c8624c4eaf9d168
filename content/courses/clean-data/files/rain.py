import csv
import io
import re
from datetime import date

def problem(day, rain):
    try:
        date.fromisoformat(day)
    except ValueError:
        return 'day'
    if not re.fullmatch('[0-9]+', rain):
        return 'rain'
    return None

def clean(text):
    good, refused = [], []
    reader = csv.DictReader(io.StringIO(text, newline=''))
    for row in reader:
        day, rain = ((row[name] or '').strip() for name in ('day', 'rain'))
        reason = 'cells' if None in row else problem(day, rain)
        if reason:
            refused.append((reader.line_num, reason))
        else:
            good.append({'day': day, 'rain': int(rain)})
    return good, refused
