package dev.drawbridge.model.page;

import dev.drawbridge.model.spi.HttpCall;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// The languages of the pages, and which of them somebody reads: what they asked for on a page comes before what their
/// browser says.
public final class PageLanguage {
    /// The query parameter and the cookie that hold what somebody asked for.
    public static final String NAME = "lang";

    /// The first is for everybody who reads none of them.
    public static final List<Locale> ALL = List.of(Locale.ENGLISH, Locale.FRENCH);

    private static final int LONGEST_HEADER = 500;
    private static final int LONGEST_QUERY = 4_000;

    private PageLanguage() {}

    /// @param asked the query parameter
    /// @param cookie what was asked for before
    /// @param accepted the header `Accept-Language`
    ///     ([RFC 9110 §12.5.4](https://www.rfc-editor.org/rfc/rfc9110#section-12.5.4))
    public static Locale of(Optional<String> asked, Optional<String> cookie, Optional<String> accepted) {
        return asked.flatMap(PageLanguage::known)
                .or(() -> cookie.flatMap(PageLanguage::known))
                .or(() -> accepted.flatMap(PageLanguage::preferred))
                .orElse(ALL.getFirst());
    }

    /// What whoever makes a request reads: the query, the cookie and the header of it.
    public static Locale of(HttpCall call) {
        Optional<String> cookie = call.header("cookie").stream()
                .flatMap(cookies -> Arrays.stream(cookies.split(";\\s*")))
                .filter(pair -> pair.startsWith(NAME + "="))
                .map(pair -> pair.substring(NAME.length() + 1))
                .findFirst();
        return of(call.query(NAME), cookie, call.header("accept-language"));
    }

    /// What the links to the other languages keep of an address: who changes the language stays where they are.
    ///
    /// @param query as it was asked
    /// @return the same without the language; ends with `&` if there is anything
    public static String kept(Optional<String> query) {
        return query.filter(q -> q.length() <= LONGEST_QUERY).stream()
                .flatMap(q -> Arrays.stream(q.split("&")))
                .filter(pair -> !pair.isEmpty() && !pair.split("=", 2)[0].equals(NAME))
                .map(pair -> pair + "&")
                .collect(Collectors.joining());
    }

    /// The language with this tag, if the pages are written in it.
    public static Optional<Locale> known(String tag) {
        return ALL.stream().filter(l -> l.toLanguageTag().equals(tag)).findFirst();
    }

    /// The answer header that keeps what was asked for. It holds a language and nothing about anybody.
    public static String cookie(Locale language) {
        return NAME + "=" + language.toLanguageTag() + "; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly";
    }

    private static Optional<Locale> preferred(String header) {
        if (header.length() > LONGEST_HEADER) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(Locale.lookup(Locale.LanguageRange.parse(header), ALL));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
