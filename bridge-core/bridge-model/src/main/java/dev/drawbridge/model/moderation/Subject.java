package dev.drawbridge.model.moderation;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a rule is about, written in one way only.
///
/// @param value the domain in ASCII, the id or handle without `@` in front, the words with single spaces, or the
///     SHA-256 of the file in hexadecimal; all in lower case
public record Subject(Kind kind, String value) {
    /// Everybody whom no other rule names.
    public static final String EVERYBODY = "*";

    private static final int LONGEST_NAME = 2_000;
    private static final int LONGEST_WORDS = 100;
    private static final Pattern DOMAIN =
            Pattern.compile("(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,62})(\\.[a-z0-9_][a-z0-9_-]{0,62})*");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    /// What can be told apart.
    public enum Kind {
        /// Everybody and everything at a domain or below it. `*` stands for all that no other domain is named for.
        DOMAIN,
        /// One account, by the id or the handle its network gives it.
        ACTOR,
        /// Words that stand in a post, whole and in this order. In scripts without spaces: anywhere.
        WORD,
        /// A file, by the SHA-256 of its bytes.
        MEDIA;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// @return empty if it is no such word
        public static Optional<Kind> of(String word) {
            for (Kind kind : values()) {
                if (kind.word().equals(word)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    /// @throws IllegalArgumentException with what is wrong, if `value` is no such thing
    public Subject {
        value = switch (kind) {
            case DOMAIN -> domain(value);
            case ACTOR -> name(value);
            case WORD -> words(value);
            case MEDIA -> digest(value);
        };
    }

    /// The one form in which words are compared.
    static String folded(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static String domain(String value) {
        String bare = value.strip().toLowerCase(Locale.ROOT);
        if (bare.equals(EVERYBODY)) {
            return bare;
        }
        String ascii = ascii(bare.replaceFirst("^\\*\\.", "").replaceFirst("\\.$", ""));
        return checked(DOMAIN.matcher(ascii).matches(), ascii, "a domain", value);
    }

    private static String ascii(String domain) {
        try {
            return IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static String name(String value) {
        String bare = value.strip().toLowerCase(Locale.ROOT).replaceFirst("^@+", "");
        boolean fits = !bare.isEmpty()
                && bare.length() <= LONGEST_NAME
                && bare.chars().noneMatch(Character::isWhitespace)
                && !bare.contains(EVERYBODY);
        return checked(fits, bare, "an id or a handle", value);
    }

    private static String words(String value) {
        String bare = folded(value);
        boolean fits = bare.length() <= LONGEST_WORDS && bare.codePoints().anyMatch(Character::isLetterOrDigit);
        return checked(fits, bare, "one or more words of up to " + LONGEST_WORDS + " characters", value);
    }

    private static String digest(String value) {
        String bare = value.strip().toLowerCase(Locale.ROOT);
        return checked(DIGEST.matcher(bare).matches(), bare, "a SHA-256 in hexadecimal", value);
    }

    private static String checked(boolean fits, String bare, String what, String given) {
        if (!fits) {
            throw new IllegalArgumentException("not " + what + ": " + given.strip());
        }
        return bare;
    }
}
