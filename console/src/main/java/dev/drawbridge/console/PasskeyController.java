package dev.drawbridge.console;

import dev.drawbridge.console.PasskeyDesk.Outcome;
import dev.drawbridge.console.PasskeyVerifier.Assertion;
import dev.drawbridge.console.PasskeyVerifier.Creation;
import dev.drawbridge.model.port.Operators.Passkey;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.context.MessageSource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/// `/console/passkeys`, and the way in with one. What a browser brings of an authenticator comes as fields of a form,
/// in base64url; what it is told is JSON for our own script.
@Controller
final class PasskeyController {
    private static final String PAGE = "/console/passkeys";
    private static final List<String> SAID =
            List.of("registered", "removed", "off", "on", "last", "unproven", "not-there", "shown");
    private static final int FORBIDDEN = 403;
    private static final int TOO_OFTEN = 429;

    private final PasskeyDesk desk;
    private final OperatorWay way;
    private final ConsoleInfo info;
    private final MessageSource words;

    PasskeyController(PasskeyDesk desk, OperatorWay way, ConsoleInfo info, MessageSource words) {
        this.desk = desk;
        this.way = way;
        this.info = info;
        this.words = words;
    }

    /// One as the page shows it.
    record Row(String id, String name, String since, String used, boolean syncable) {
        static Row of(Passkey passkey) {
            return new Row(
                    passkey.id(),
                    passkey.name(),
                    When.shown(passkey.since()),
                    passkey.used().map(When::shown).orElse(""),
                    passkey.syncable());
        }
    }

    /// Where to go on, or why not.
    record Said(Optional<String> next, Optional<String> error) {}

    @PostMapping(path = "/console/sign-in/passkey/challenge", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> challenge(Locale language, HttpServletRequest request, HttpServletResponse response) {
        Optional<PasskeyDesk.Challenge> challenge =
                desk.challenge(way.browsers().of(request, response), way.address(request));
        return challenge.isPresent() ? ResponseEntity.ok(challenge.get()) : said(TOO_OFTEN, "error.429", language);
    }

    @PostMapping(path = "/console/sign-in/passkey", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> signIn(
            @RequestParam(defaultValue = "") String challenge,
            @RequestParam(defaultValue = "") String id,
            @RequestParam(defaultValue = "") String client,
            @RequestParam(defaultValue = "") String authenticator,
            @RequestParam(defaultValue = "") String signature,
            @RequestParam(defaultValue = "") String user,
            Locale language,
            HttpServletRequest request,
            HttpServletResponse response) {
        var assertion = new Assertion(id, client, authenticator, signature, user);
        Optional<String> session = way.browsers()
                .known(request)
                .flatMap(browser -> desk.signIn(challenge, browser, assertion, way.address(request)));
        if (session.isEmpty()) {
            return said(FORBIDDEN, "passkey.refused", language);
        }
        way.begin(session.get(), request, response);
        return ResponseEntity.ok(new Said(Optional.of("/console"), Optional.empty()));
    }

    @GetMapping(path = PAGE, produces = MediaType.TEXT_HTML_VALUE)
    String passkeys(
            @RequestAttribute(ConsoleGuard.SESSION) Sessions.Session session,
            @RequestParam(defaultValue = "") String done,
            @RequestParam(defaultValue = "") String called,
            Model model) {
        model.addAttribute("info", info);
        model.addAttribute("signedIn", session);
        model.addAttribute("said", SAID.contains(done) ? done : "");
        model.addAttribute("called", called.length() > PasskeyDesk.LONGEST_NAME ? "" : called);
        model.addAttribute("available", desk.available());
        model.addAttribute("local", way.knows(session));
        model.addAttribute("passwordOff", desk.passwordOff(session.who()));
        model.addAttribute("mayDoWithout", desk.mayDoWithout(session));
        model.addAttribute(
                "passkeys", desk.of(session.who()).stream().map(Row::of).toList());
        return "console/passkeys";
    }

    /// Shows who somebody is, and leads back to where they add one: a browser asks for a passkey right after a click
    /// only.
    @AsksAgain
    @PostMapping(PAGE + "/again")
    String again(@RequestParam(defaultValue = "") String name) {
        return "redirect:" + PAGE + "?done=shown&called=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    @AsksAgain
    @PostMapping(path = PAGE + "/challenge", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> wanted(
            @RequestAttribute(ConsoleGuard.SESSION) Sessions.Session session,
            Locale language,
            HttpServletRequest request) {
        Optional<PasskeyDesk.Wanted> wanted = way.id(request).flatMap(id -> desk.wanted(session.who(), id));
        return wanted.isPresent() ? ResponseEntity.ok(wanted.get()) : said(FORBIDDEN, "passkey.refused", language);
    }

    /// Its challenge was given to who showed who they are: an authenticator that made a passkey is not asked in vain.
    @PostMapping(path = PAGE, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> register(
            @RequestAttribute(ConsoleGuard.SESSION) Sessions.Session session,
            @RequestParam(defaultValue = "") String challenge,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String client,
            @RequestParam(defaultValue = "") String attestation,
            Locale language,
            HttpServletRequest request) {
        Outcome outcome = desk.register(
                session, way.id(request).orElse(""), challenge, name.strip(), new Creation(client, attestation));
        return switch (outcome) {
            case DONE -> ResponseEntity.ok(new Said(Optional.of(PAGE + "?done=registered"), Optional.empty()));
            case UNFIT -> said(FORBIDDEN, "passkey.unfit", language);
            case TOO_MANY -> said(FORBIDDEN, "passkey.too-many", language);
            case REFUSED, LAST, UNPROVEN, NOT_THERE -> said(FORBIDDEN, "passkey.refused", language);
        };
    }

    @AsksAgain
    @PostMapping(PAGE + "/remove")
    String remove(
            @RequestAttribute(ConsoleGuard.SESSION) Sessions.Session session,
            @RequestParam String id,
            HttpServletRequest request) {
        return shown(desk.remove(session, way.id(request).orElse(""), id), "removed");
    }

    @AsksAgain
    @PostMapping(PAGE + "/password")
    String password(
            @RequestAttribute(ConsoleGuard.SESSION) Sessions.Session session,
            @RequestParam boolean off,
            HttpServletRequest request) {
        return shown(desk.password(session, way.id(request).orElse(""), off), off ? "off" : "on");
    }

    private static String shown(Outcome outcome, String done) {
        String said = outcome == Outcome.DONE
                ? done
                : outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return "redirect:" + PAGE + "?done=" + said;
    }

    private ResponseEntity<Said> said(int status, String sentence, Locale language) {
        return ResponseEntity.status(status)
                .body(new Said(
                        Optional.empty(), Optional.ofNullable(words.getMessage(sentence, new Object[0], language))));
    }
}
