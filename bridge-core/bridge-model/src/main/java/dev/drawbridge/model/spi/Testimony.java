package dev.drawbridge.model.spi;

import static java.util.Comparator.naturalOrder;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What an account says about who it is, asked just now. Two accounts are one person's if each names the other:
/// [Said#countsWith(Said)] both ways.
public sealed interface Testimony {
    /// How much it means that an account names another one.
    enum Weight {
        /// A word of a text: people mention others there.
        WORD,
        /// A field for one's page elsewhere.
        FIELD,
        /// A list of the owner's accounts, or a link that says so.
        FIRM;

        /// The one of two that means more.
        public Weight firmer(Weight other) {
            return compareTo(other) < 0 ? other : this;
        }
    }

    /// @param called every name others may write this account with, which it proved to be its own: ids, handles, pages
    /// @param claims names of accounts it says are its owner's, as they stand there, and how firmly it says so
    /// @param whole whether every name others may write it with could be looked at now
    /// @param proofs posts of other accounts that are to show that these are its owner's
    record Said(Set<String> called, Map<String, Weight> claims, boolean whole, Proofs proofs) implements Testimony {
        /// More than anybody has.
        private static final int MOST = 300;

        public Said {
            var names = new TreeSet<String>();
            called.stream().limit(MOST).forEach(name -> normal(name).ifPresent(names::add));
            called = Collections.unmodifiableSet(names);
            var firmest = new TreeMap<String, Weight>();
            claims.entrySet().stream()
                    .limit(MOST)
                    .forEach(claim -> normal(claim.getKey())
                            .ifPresent(name -> firmest.merge(name, claim.getValue(), Weight::firmer)));
            claims = Collections.unmodifiableMap(firmest);
        }

        /// One that names no posts.
        public Said(Set<String> called, Map<String, Weight> claims, boolean whole) {
            this(called, claims, whole, Proofs.NONE);
        }

        public Said(Set<String> called, Map<String, Weight> claims) {
            this(called, claims, true);
        }

        /// One that says nothing but firmly.
        public Said(Set<String> called, Set<String> claims) {
            this(called, weighing(Weight.FIRM, claims));
        }

        /// The same weight for all of them, in their order.
        public static Map<String, Weight> weighing(Weight weight, Collection<String> claims) {
            Map<String, Weight> weighed = new LinkedHashMap<>();
            claims.forEach(claim -> weighed.put(claim, weight));
            return weighed;
        }

        /// The same, saying firmly that another account is its owner's.
        public Said vouchingFor(Said other) {
            Map<String, Weight> more = weighing(Weight.FIRM, other.called);
            claims.forEach((name, weight) -> more.merge(name, weight, Weight::firmer));
            return new Said(called, more, whole, proofs);
        }

        /// The same, of which not everything could be looked at.
        public Said unsure() {
            return new Said(called, claims, false, proofs);
        }

        /// Whether it says firmly that another account is its owner's.
        public boolean vouchesFor(Said other) {
            return firmness(other).equals(Optional.of(Weight.FIRM));
        }

        /// Whether it says that another account is its owner's.
        public boolean names(Said other) {
            return firmness(other).isPresent();
        }

        /// Whether that counts, if the other one says it too: a word does only where the other one says it firmly.
        public boolean countsWith(Said other) {
            return firmness(other)
                    .filter(weight ->
                            weight != Weight.WORD || other.firmness(this).equals(Optional.of(Weight.FIRM)))
                    .isPresent();
        }

        private Optional<Weight> firmness(Said other) {
            return other.called.stream()
                    .flatMap(name -> Optional.ofNullable(claims.get(name)).stream())
                    .max(naturalOrder());
        }
    }

    /// Posts that somebody points to so that the account which wrote one is taken for theirs
    /// ([NIP-39](https://nips.nostr.com/39)).
    ///
    /// @param posts where each is, as its network can look it up, by the name of the account
    /// @param words what each of them has to say
    record Proofs(Map<String, String> posts, String words) {
        public static final Proofs NONE = new Proofs(Map.of(), "");

        private static final int MOST = 100;
        private static final int LONGEST_POST = 10_000;

        public Proofs {
            var named = new TreeMap<String, String>();
            posts.entrySet().stream()
                    .filter(post ->
                            !post.getValue().isBlank() && post.getValue().length() <= Names.LONGEST)
                    .limit(MOST)
                    .forEach(post -> normal(post.getKey()).ifPresent(name -> named.put(name, post.getValue())));
            posts = Collections.unmodifiableMap(named);
        }

        /// The post that is to show it of this account.
        public Optional<String> of(Said account) {
            return account.called().stream()
                    .flatMap(name -> Optional.ofNullable(posts.get(name)).stream())
                    .findFirst();
        }

        /// Whether a post says it, whatever else it says: the very words, in whatever quotes and spaces.
        public boolean areIn(String post) {
            String said = plain(words);
            String text = ' ' + plain(post.substring(0, Math.min(post.length(), LONGEST_POST))) + ' ';
            return !said.isEmpty()
                    && Pattern.compile("[^\\p{Alnum}]" + Pattern.quote(said) + "[^\\p{Alnum}]")
                            .matcher(text)
                            .find();
        }

        private static String plain(String text) {
            return text.replaceAll("[\"'`“”„«»‘’]", " ")
                    .replaceAll("[\\s\\p{Z}]+", " ")
                    .strip()
                    .toLowerCase(Locale.ROOT);
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
