package dev.drawbridge.console;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/// What the links to the other languages keep of the address: who changes the language stays where they are.
@ControllerAdvice
final class KeptQuery {
    private static final int LONGEST = 4_000;

    /// The query as it was asked, without the language; ends with `&` if there is anything.
    @ModelAttribute("kept")
    String kept(HttpServletRequest request) {
        return of(Optional.ofNullable(request.getQueryString()));
    }

    static String of(Optional<String> query) {
        return query.filter(q -> q.length() <= LONGEST).stream()
                .flatMap(q -> Arrays.stream(q.split("&")))
                .filter(pair -> !pair.isEmpty() && !pair.split("=", 2)[0].equals(PageLanguage.NAME))
                .map(pair -> pair + "&")
                .collect(Collectors.joining());
    }
}
