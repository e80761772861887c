package dev.drawbridge.console;

import dev.drawbridge.engine.MyAccount;
import dev.drawbridge.engine.SignIns;
import dev.drawbridge.engine.notice.Phrases;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.bot.Command;
import dev.drawbridge.model.bot.Verb;
import dev.drawbridge.model.spi.MovingOut;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.util.WebUtils;

/// `/account`: where somebody sees how they stand and says what they want. They come in with a code that a bot gave
/// them.
@Controller
final class AccountController {
    private static final Logger LOG = LoggerFactory.getLogger(AccountController.class);
    private static final int ATTEMPTS = 10;
    private static final Duration EACH = Duration.ofSeconds(30);
    private static final int LONGEST_CODE = 100;

    private final MyAccount mine;
    private final SignIns signIns;
    private final Sessions sessions;
    private final Overview overview;
    private final ConsoleInfo info;
    private final Callers callers;
    private final boolean https;
    private final Turns attempts;

    AccountController(
            MyAccount mine,
            SignIns signIns,
            Sessions sessions,
            Overview overview,
            ConsoleInfo info,
            Callers callers,
            boolean https,
            InstantSource clock) {
        this.mine = mine;
        this.signIns = signIns;
        this.sessions = sessions;
        this.overview = overview;
        this.info = info;
        this.callers = callers;
        this.https = https;
        this.attempts = new Turns(ATTEMPTS, EACH, clock);
    }

    /// One network on the page.
    ///
    /// @param why a sentence if they are not carried there
    record Line(Shore shore, String network, boolean wanted, String why, Optional<String> handle, boolean movable) {
        static Line of(MyAccount.Line line, Locale language) {
            return new Line(
                    Shore.of(line.network()),
                    line.network().name(),
                    line.wanted(),
                    line.objection()
                            .map(reason -> Phrases.load().reason(reason, line.network(), language))
                            .orElse(""),
                    line.handle(),
                    line.movable() && line.handle().isPresent());
        }
    }

    @GetMapping(path = "/account", produces = MediaType.TEXT_HTML_VALUE)
    String page(
            @RequestParam(defaultValue = "") String done,
            Locale language,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        response.setHeader("Cache-Control", "no-store");
        model.addAttribute("info", info);
        Optional<Sessions.Session> session = session(request);
        if (session.isEmpty()) {
            model.addAttribute("places", overview.writing());
            model.addAttribute("problem", done.equals("wrong") ? "account.wrong" : "");
            return "console/account-door";
        }
        NativeId person = NativeId.parse(session.get().who());
        model.addAttribute("signedIn", session.get());
        model.addAttribute("done", done.equals("asked") || done.equals("no-bot") ? done : "");
        model.addAttribute("handle", mine.handle(person));
        model.addAttribute("at", Shore.of(person.network()));
        model.addAttribute(
                "lines",
                mine.lines(person).stream().map(l -> Line.of(l, language)).toList());
        model.addAttribute("preference", mine.preference(person));
        model.addAttribute(
                "posts",
                mine.posts(person).stream()
                        .map(c -> CrossingView.of(c, PostTexts.UNKNOWN))
                        .toList());
        return "console/mine";
    }

    @PostMapping("/account/sign-in")
    String signIn(
            @RequestParam(defaultValue = "") String code, HttpServletRequest request, HttpServletResponse response) {
        if (!ConsoleGuard.ownForm(request)) {
            throw refused(request);
        }
        String address = callers.address(request);
        Optional<NativeId> person =
                attempts.take(address) && code.length() <= LONGEST_CODE ? signIns.redeem(code) : Optional.empty();
        if (person.isEmpty()) {
            LOG.warn("refused a code from {}", address);
            return "redirect:/account?done=wrong";
        }
        attempts.forget(address);
        id(request).ifPresent(sessions::end);
        cookie(response, sessions.begin(person.get().key()), -1);
        return "redirect:/account";
    }

    @PostMapping("/account/sign-out")
    String signOut(HttpServletRequest request, HttpServletResponse response) {
        if (person(request).isEmpty()) {
            throw refused(request);
        }
        id(request).ifPresent(sessions::end);
        cookie(response, "", 0);
        return "redirect:/account";
    }

    /// @param wish `start`, `stop` or `delete`, or a switch: `unlisted`, `notify`, `threads`
    /// @param word a network, or `on` or `off`
    @PostMapping("/account/ask")
    String ask(
            @RequestParam String wish,
            @RequestParam(defaultValue = "") String word,
            Locale language,
            HttpServletRequest request) {
        Optional<NativeId> person = person(request);
        if (person.isEmpty()) {
            throw refused(request);
        }
        Optional<Command> command = command(wish, word, person.get().network());
        if (command.isEmpty()) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
        }
        boolean told =
                mine.tell(person.get(), command.get().verb(), command.get().words(), language);
        return told ? "redirect:/account?done=asked" : "redirect:/account?done=no-bot";
    }

    /// Shows once what it takes to take an account to another server.
    @PostMapping(path = "/account/move-out", produces = MediaType.TEXT_HTML_VALUE)
    String moveOut(
            @RequestParam String network, Model model, HttpServletRequest request, HttpServletResponse response) {
        Optional<NativeId> person = person(request);
        if (person.isEmpty()) {
            throw refused(request);
        }
        Optional<Network> place = mine.networks().stream()
                .filter(known -> known.name().equals(network))
                .findFirst();
        Optional<MovingOut> passage = place.flatMap(found -> mine.moveOut(person.get(), found));
        if (passage.isEmpty()) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
        }
        LOG.info("{} may be taken to another server", passage.get().name());
        response.setHeader("Cache-Control", "no-store");
        model.addAttribute("info", info);
        model.addAttribute("signedIn", session(request).orElseThrow());
        model.addAttribute("at", Shore.of(place.get()));
        model.addAttribute("passage", passage.get());
        model.addAttribute("until", When.shown(passage.get().until()));
        return "console/moving-out";
    }

    private Optional<Command> command(String wish, String word, Network home) {
        boolean network = mine.networks().stream().anyMatch(n -> n.name().equals(word) && !n.equals(home));
        boolean toggle = word.equals(Command.ON) || word.equals(Command.OFF);
        Optional<Verb> verb = switch (wish) {
            case "start" -> Optional.of(Verb.START).filter(_ -> network);
            case "stop" -> Optional.of(Verb.STOP).filter(_ -> network);
            case "delete" -> Optional.of(Verb.DELETE).filter(_ -> word.isEmpty());
            case "unlisted" -> Optional.of(Verb.UNLISTED).filter(_ -> toggle);
            case "notify" -> Optional.of(Verb.NOTIFY).filter(_ -> toggle);
            case "threads" -> Optional.of(Verb.THREADS).filter(_ -> toggle);
            default -> Optional.empty();
        };
        return verb.map(v -> new Command(v, word.isEmpty() ? List.of() : List.of(word), Locale.ENGLISH));
    }

    private Optional<Sessions.Session> session(HttpServletRequest request) {
        return id(request).flatMap(sessions::of);
    }

    /// Whose form this is: of this site, with the token of the session.
    private Optional<NativeId> person(HttpServletRequest request) {
        String token =
                Optional.ofNullable(request.getParameter(ConsoleGuard.CSRF)).orElse("");
        return Optional.of(request)
                .filter(ConsoleGuard::ownForm)
                .flatMap(this::session)
                .filter(session -> Sessions.same(token, session.csrf()))
                .map(session -> NativeId.parse(session.who()));
    }

    private static ResponseStatusException refused(HttpServletRequest request) {
        LOG.warn("refused a form for {}", request.getRequestURI());
        return new ResponseStatusException(HttpStatus.FORBIDDEN);
    }

    private Optional<String> id(HttpServletRequest request) {
        return Optional.ofNullable(WebUtils.getCookie(request, cookieName())).map(Cookie::getValue);
    }

    private String cookieName() {
        return https ? "__Host-drawbridge-account" : "drawbridge-account";
    }

    private void cookie(HttpServletResponse response, String value, int age) {
        response.addCookie(SafeCookie.of(cookieName(), value, age, https));
    }
}
