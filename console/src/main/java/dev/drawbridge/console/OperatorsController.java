package dev.drawbridge.console;

import dev.drawbridge.model.port.Operators.Operator;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/// `/console/operators`: who else may come in. Whoever comes here is signed in, and every form is theirs
/// ([ConsoleGuard]).
@Controller
final class OperatorsController {
    private static final List<String> SAID = List.of("removed", "signed-out", "not-brought", "last");
    private final OperatorDoor door;
    private final ConsoleInfo info;

    OperatorsController(OperatorDoor door, ConsoleInfo info) {
        this.door = door;
        this.info = info;
    }

    /// One as the page shows them.
    ///
    /// @param password whether one lets them in
    record Row(String name, String since, boolean password, int passkeys) {
        static Row of(Operator operator) {
            return new Row(
                    operator.name(),
                    When.shown(operator.since()),
                    !operator.passwordOff(),
                    operator.passkeys().size());
        }
    }

    @ModelAttribute
    void always(Model model, @RequestAttribute(ConsoleGuard.SESSION) Sessions.Session session) {
        model.addAttribute("info", info);
        model.addAttribute("signedIn", session);
        model.addAttribute("own", may(session));
    }

    /// Whom a provider brings goes when it does not bring them any more: they give nobody a way in that stays.
    private boolean may(Sessions.Session session) {
        return door.knows(session.who());
    }

    @GetMapping(path = "/console/operators", produces = MediaType.TEXT_HTML_VALUE)
    String operators(@RequestParam(defaultValue = "") String done, Model model) {
        return page(model, SAID.contains(done) ? done : "", "", "", "");
    }

    /// The link is on this answer and nowhere else.
    @AsksAgain
    @PostMapping(path = "/console/operators/add", produces = MediaType.TEXT_HTML_VALUE)
    String add(
            @RequestAttribute(ConsoleGuard.SESSION) Sessions.Session session,
            @RequestParam(defaultValue = "") String name,
            Model model,
            HttpServletResponse response) {
        if (!may(session)) {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            return page(model, "", "operators.own", "", "");
        }
        Optional<URI> link = door.welcome(name.strip(), session.who());
        if (link.isEmpty()) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            return page(model, "", "operators.unfit", "", "");
        }
        return page(model, "", "", link.get().toString(), name.strip());
    }

    @AsksAgain
    @PostMapping(path = "/console/operators/remove", produces = MediaType.TEXT_HTML_VALUE)
    String remove(
            @RequestAttribute(ConsoleGuard.SESSION) Sessions.Session session,
            @RequestParam(defaultValue = "") String name,
            Model model,
            HttpServletResponse response) {
        if (!may(session)) {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            return page(model, "", "operators.own", "", "");
        }
        return "redirect:/console/operators?done="
                + switch (door.remove(name, session.who())) {
                    case REMOVED -> "removed";
                    case SIGNED_OUT -> "signed-out";
                    case NOT_BROUGHT -> "not-brought";
                    case NOBODY -> "last";
                };
    }

    private String page(Model model, String said, String problem, String link, String invited) {
        model.addAttribute("said", said);
        model.addAttribute("problem", problem);
        model.addAttribute("link", link);
        model.addAttribute("invited", invited);
        model.addAttribute("operators", door.operators().stream().map(Row::of).toList());
        return "console/operators";
    }
}
