package dev.drawbridge.model.spi;

import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What an account says about who it is, asked just now. Two accounts are one person's if each names the other:
/// [Said#names(Said)] both ways.
public sealed interface Testimony {
    /// @param called every name others may write this account with, which it proved to be its own: ids, handles, pages
    /// @param claims names of accounts it says are its owner's, as they stand there
    record Said(Set<String> called, Set<String> claims) implements Testimony {
        /// More than anybody has.
        private static final int MOST = 300;

        public Said {
            called = normal(called);
            claims = normal(claims);
        }

        private static Set<String> normal(Set<String> names) {
            var normal = new TreeSet<String>();
            names.stream().limit(MOST).forEach(name -> Testimony.normal(name).ifPresent(normal::add));
            return Collections.unmodifiableSet(normal);
        }

        /// Whether it says that another account is its owner's.
        public boolean names(Said other) {
            return !Collections.disjoint(claims, other.called);
        }
    }

    /// Nobody has this id, or it is no account that speaks for itself: it moved on, or stands in for somebody.
    record Nobody() implements Testimony {}

    /// Who could tell does not answer now.
    record Silent() implements Testimony {}

    /// The form in which two names are compared. Addresses of the web keep the case of what is behind the host, and
    /// are the same with and without encryption, `www.`, a fragment or a slash at the end
    /// ([RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-6.2)). Every other name is in lower case;
    /// `@user@host` is `acct:user@host` ([RFC 7565](https://www.rfc-editor.org/rfc/rfc7565)), and so is a page of
    /// that form.
    ///
    /// @return empty if it is none
    static Optional<String> normal(String name) {
        String text = name.strip();
        if (text.isEmpty() || text.length() > Names.LONGEST) {
            return Optional.empty();
        }
        Matcher page = Names.PAGE.matcher(text);
        if (page.matches()) {
            String host = page.group(1).toLowerCase(Locale.ROOT);
            String path = page.group(2).replaceAll("#.*$", "").replaceAll("/+$", "");
            return Optional.of(
                    Names.PROFILE.matcher(path).matches()
                            ? "acct:" + path.substring(2).toLowerCase(Locale.ROOT) + "@" + host
                            : "https://" + host + path);
        }
        String lower = text.toLowerCase(Locale.ROOT);
        return Optional.of(Names.MENTION.matcher(lower).matches() ? "acct:" + lower.substring(1) : lower);
    }

    /// How names are written.
    final class Names {
        private static final int LONGEST = 500;
        private static final Pattern PAGE = Pattern.compile("(?i)https?://(?:www\\.)?([^/?#\\s]+)([^\\s]*)");
        private static final Pattern PROFILE = Pattern.compile("/@[^/@?]+");
        private static final Pattern MENTION = Pattern.compile("@[^@/\\s]+@[^@/\\s]+");

        private Names() {}
    }
}
