package dev.drawbridge.console;

import dev.drawbridge.console.Sessions.Session;
import dev.drawbridge.console.ShowAgain.NotShown;
import dev.drawbridge.console.oidc.OpenIdProvider;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.springframework.context.MessageSource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.ui.ExtendedModelMap;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.ModelAndView;

/// What answers a form whose sender has to show who they are ([AsksAgain]): the same form, with a place for the proof.
/// Our own script is told so in JSON.
@ControllerAdvice
final class ShowAgainPage {
    private static final int FORBIDDEN = 403;
    private final ConsoleAccess access;
    private final OperatorWay way;
    private final PasskeyDesk passkeys;
    private final ConsoleInfo info;
    private final MessageSource words;

    ShowAgainPage(ConsoleAccess access, OperatorWay way, PasskeyDesk passkeys, ConsoleInfo info, MessageSource words) {
        this.access = access;
        this.way = way;
        this.passkeys = passkeys;
        this.info = info;
        this.words = words;
    }

    /// @param again whether a proof is all that is missing
    record Missing(String error, boolean again) {}

    @ExceptionHandler(NotShown.class)
    Object ask(NotShown missing, HttpServletRequest request, HttpServletResponse response, Locale language) {
        String accepted = Optional.ofNullable(request.getHeader("Accept")).orElse("");
        if (accepted.equals(MediaType.APPLICATION_JSON_VALUE)) {
            String sentence = words.getMessage("again.what", new Object[0], language);
            return ResponseEntity.status(FORBIDDEN)
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(new Missing(sentence, true));
        }
        response.setStatus(FORBIDDEN);
        var session = (Session) Objects.requireNonNull(request.getAttribute(ConsoleGuard.SESSION));
        var model = new ExtendedModelMap();
        model.addAttribute("info", info);
        model.addAttribute("signedIn", session);
        model.addAttribute("problem", missing.tried() ? "again.wrong" : "");
        model.addAttribute("action", request.getRequestURI());
        model.addAttribute("fields", ShowAgain.fields(request));
        model.addAttribute("local", way.knows(session));
        model.addAttribute("password", !passkeys.passwordOff(session.who()));
        model.addAttribute(
                "passkeys", passkeys.available() && !passkeys.of(session.who()).isEmpty());
        model.addAttribute(
                "provider", access.provider().map(OpenIdProvider::host).orElse(""));
        return new ModelAndView("console/again", model);
    }
}
