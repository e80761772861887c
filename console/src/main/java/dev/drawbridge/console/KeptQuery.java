package dev.drawbridge.console;

import dev.drawbridge.model.page.PageLanguage;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/// What the links to the other languages keep of the address: who changes the language stays where they are.
@ControllerAdvice
final class KeptQuery {
    /// The query as it was asked, without the language; ends with `&` if there is anything.
    @ModelAttribute("kept")
    String kept(HttpServletRequest request) {
        return PageLanguage.kept(Optional.ofNullable(request.getQueryString()));
    }
}
