"""Full text search in any language: the words of every text, and the one place that says what a word is.

Words are folded (capitals, accents, full-width forms, Arabic vowel signs don't matter) and cut at whatever is neither
letter nor digit. Where a script is written without spaces every sign is a word of its own. The ranges are spelled out, so that the answer does not depend on the locale of the database.
"""

from django.db import migrations

SPACELESS = (
    # Thai, Lao, Burmese, Khmer; kana, bopomofo, Chinese characters; Korean, whose words carry their particles
    r"\u0e01-\u0e30\u0e32\u0e33\u0e3f-\u0e46\u0e50-\u0e59\u0e80-\u0eb0\u0eb2\u0eb3\u0ebd-\u0ec7\u0ed0-\u0edf"
    r"\u1000-\u102a\u103f-\u1049\u1050-\u1055\u1780-\u17b3\u17d7\u17dc\u17e0-\u17e9"
    r"\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f\u31f0-\u31ff"
    r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd\uac00-\ud7a3"
)
# Vowels and tones that belong to the sign before them.
MARKS = (
    r"\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u1056-\u1059"
    r"\u17b4-\u17d3\u17dd\u3099\u309a"
)
BETWEEN_WORDS = (  # beside plain spaces
    r"\x01-\x1f\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\xbf\xd7\xf7\u02b9-\u02ff\u037e\u0387\u055a-\u055f\u0589\u058a\u05be\u05c0"
    r"\u05c3\u05c6\u05f3\u05f4\u060c\u061b\u061e\u061f\u066a-\u066d\u06d4\u0700-\u070d\u0964\u0965\u0e4f\u0e5a\u0e5b"
    r"\u0f04-\u0f14\u104a-\u104f\u1361-\u1368\u17d4-\u17d6\u17d8-\u17da\u1800-\u180a\u2000-\u206f\u20a0-\u20cf"
    r"\u2190-\u2bff\u2e00-\u2e7f\u3000-\u3004\u3008-\u3020\u3030\u30fb\ufd3e\ufd3f\ufe10-\ufe6f\uffe0-\uffff"
)
DROPPED = r"\u0300-\u036f\u0640\u064b-\u065f\u0670"

MAKE = rf"""
CREATE FUNCTION trees_search_words(given text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    words text := left(given, 60000);
BEGIN
    IF octet_length(words) > length(words) THEN
        words := normalize(regexp_replace(normalize(words, NFKD), '[{DROPPED}]', '', 'g'), NFKC);
        words := replace(replace(words, 'ß', 'ss'), 'ẞ', 'ss');
        words := regexp_replace(words, '([{SPACELESS}][{MARKS}]*)', ' \1 ', 'g');
    END IF;
    words := regexp_replace(lower(words), ' *[{BETWEEN_WORDS}][ {BETWEEN_WORDS}]*|  +', ' ', 'g');
    -- An index takes no word longer than this; nobody types one.
    RETURN trim(regexp_replace(words, '([^ ]{{100}})[^ ]+', '\1', 'g'));
END $$;

-- Names in these two are looked up now: an index is built with no schema of ours in its search path.
CREATE FUNCTION trees_search_vector(given text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN array_to_tsvector(string_to_array(trees_search_words(given), ' '));

-- All words of a part; the last of them may be the beginning of a longer one. Null when there is none.
CREATE FUNCTION trees_search_query(given text, beginning boolean) RETURNS tsquery
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ('''' || replace(nullif(trees_search_words(given), ''), ' ', ''' & ''') || ''''
        || CASE WHEN beginning THEN ':*' ELSE '' END)::tsquery;

-- A column rather than an index on an expression: looking at a text by date must not cut it into words once more. The
-- model does not know of it, so that only search reads it.
ALTER TABLE trees_message ADD COLUMN words tsvector GENERATED ALWAYS AS (trees_search_vector(text)) STORED;
CREATE INDEX messages_by_words ON trees_message USING gin (words);
"""
DROP = """
ALTER TABLE trees_message DROP COLUMN words;
DROP FUNCTION trees_search_query(text, boolean);
DROP FUNCTION trees_search_vector(text);
DROP FUNCTION trees_search_words(text);
"""


class Migration(migrations.Migration):
    dependencies = [("trees", "0003_unbooked")]

    operations = [migrations.RunSQL(MAKE, DROP)]
