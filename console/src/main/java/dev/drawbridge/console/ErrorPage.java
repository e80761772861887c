package dev.drawbridge.console;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Set;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.context.MessageSource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.RequestMapping;

/// What is shown in place of a page that cannot be: a sentence with the number of the error, and the way to somewhere
/// else. Programs get the sentence alone. What went wrong inside is for the log.
@Controller
final class ErrorPage implements ErrorController {
    private static final int NOT_FOUND = 404;
    private static final int CLIENT = 400;
    private static final int SERVER = 500;
    /// Those there is a sentence for; any other is said as 400 or 500.
    private static final Set<Integer> KNOWN = Set.of(CLIENT, 403, NOT_FOUND, 405, 413, 429, SERVER, 503);

    private final ConsoleInfo info;
    private final MessageSource words;

    ErrorPage(ConsoleInfo info, MessageSource words) {
        this.info = info;
        this.words = words;
    }

    @RequestMapping(path = "/error", produces = MediaType.TEXT_HTML_VALUE)
    String page(Model model, HttpServletRequest request, HttpServletResponse response) {
        int status = status(request);
        response.setStatus(status);
        response.setHeader("Cache-Control", "no-store");
        model.addAttribute("info", info);
        model.addAttribute("status", status);
        model.addAttribute("sentence", sentence(status));
        return "console/error";
    }

    @RequestMapping("/error")
    ResponseEntity<String> line(HttpServletRequest request, Locale language) {
        int status = status(request);
        return ResponseEntity.status(status)
                .header("Cache-Control", "no-store")
                .contentType(MediaType.parseMediaType("text/plain; charset=utf-8"))
                .body(words.getMessage(sentence(status), new Object[0], language) + "\n");
    }

    /// Who opens the address of this page themselves looks for something that is not there.
    private static int status(HttpServletRequest request) {
        return request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status
                        && status >= CLIENT
                        && status < 600
                ? status
                : NOT_FOUND;
    }

    private static String sentence(int status) {
        return "error." + (KNOWN.contains(status) ? status : status < SERVER ? CLIENT : SERVER);
    }
}
