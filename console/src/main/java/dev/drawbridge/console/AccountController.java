package dev.drawbridge.console;

import dev.drawbridge.engine.Connectors;
import dev.drawbridge.engine.MoveRefusal;
import dev.drawbridge.engine.MyAccount;
import dev.drawbridge.engine.SignIns;
import dev.drawbridge.engine.notice.Phrases;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.bot.Command;
import dev.drawbridge.model.bot.Verb;
import dev.drawbridge.model.spi.MovingOut;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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

/// `/account`: where somebody sees how they stand and says what they want. They come in with a code that a bot gave
/// them.
@Controller
final class AccountController {
    private static final Logger LOG = LoggerFactory.getLogger(AccountController.class);
    private static final Set<String> DONE = Set.of(
            "asked",
            "no-bot",
            "taken-back",
            "no-such-post",
            "move-nothing-moves",
            "move-nobody",
            "move-silent",
            "move-unproven",
            "move-lately",
            "move-said-later",
            "move-later",
            "link-nobody",
            "link-silent",
            "link-unsaid-here",
            "link-unsaid-there",
            "link-taken",
            "link-barred");
    private static final Set<String> RHYTHMS = Set.of("daily", "weekly", Command.OFF);
    private static final int ARCHIVES = 10;
    private static final int MOVES = 10;
    private static final Duration EACH = Duration.ofSeconds(30);
    private static final int LONGEST_PASSWORD = 200;
    private static final int LONGEST_CODE = 100;

    private final MyAccount mine;
    private final SignIns signIns;
    private final AccountDoor door;
    private final Overview overview;
    private final Connectors connectors;
    private final ConsoleInfo info;
    private final Turns archives;
    private final Turns moves;

    AccountController(
            MyAccount mine,
            SignIns signIns,
            AccountDoor door,
            Overview overview,
            Connectors connectors,
            ConsoleInfo info,
            InstantSource clock) {
        this.mine = mine;
        this.signIns = signIns;
        this.door = door;
        this.overview = overview;
        this.connectors = connectors;
        this.info = info;
        this.archives = new Turns(ARCHIVES, EACH, clock);
        this.moves = new Turns(MOVES, EACH, clock);
    }

    /// One network on the page.
    ///
    /// @param why a sentence if they are not carried there
    record Line(
            Shore shore,
            String network,
            boolean wanted,
            String why,
            Optional<String> handle,
            Optional<String> own,
            boolean movable,
            boolean goesOn) {
        static Line of(MyAccount.Line line, Locale language) {
            return new Line(
                    Shore.of(line.network()),
                    line.network().name(),
                    line.wanted(),
                    line.objection()
                            .map(reason -> Phrases.load().reason(reason, line.network(), language))
                            .orElse(""),
                    line.handle().map(PersonView::cut),
                    line.own().map(PersonView::cut),
                    line.movable() && line.handle().isPresent(),
                    line.followersGoAlong() && line.handle().isPresent());
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
        Optional<Sessions.Session> session = door.session(request);
        if (session.isEmpty()) {
            model.addAttribute("places", overview.writing());
            model.addAttribute("ways", ProofController.Way.of(connectors));
            model.addAttribute("problem", done.equals("wrong") ? "account.wrong" : "");
            return "console/account-door";
        }
        NativeId person = NativeId.parse(session.get().who());
        model.addAttribute("signedIn", session.get());
        model.addAttribute("done", DONE.contains(done) ? done : "");
        model.addAttribute("handle", PersonView.cut(mine.handle(person)));
        model.addAttribute("at", Shore.of(person.network()));
        model.addAttribute(
                "lines",
                mine.lines(person).stream().map(l -> Line.of(l, language)).toList());
        model.addAttribute("preference", mine.preference(person));
        model.addAttribute("digest", mine.digest(person).map(DigestView::of).orElse(null));
        model.addAttribute("waiting", mine.awaited(person));
        model.addAttribute("backfill", mine.backfill(person).orElse(null));
        model.addAttribute(
                "posts", mine.posts().newest(person).stream().map(MyPost::of).toList());
        return "console/mine";
    }

    @PostMapping("/account/sign-in")
    String signIn(
            @RequestParam(defaultValue = "") String code, HttpServletRequest request, HttpServletResponse response) {
        boolean mayTry = door.mayTry(request);
        Optional<NativeId> person = mayTry && code.length() <= LONGEST_CODE ? signIns.redeem(code) : Optional.empty();
        if (person.isEmpty()) {
            LOG.warn("refused a code from {}", door.address(request));
            return "redirect:/account?done=wrong";
        }
        door.enter(person.get(), request, response);
        return "redirect:/account";
    }

    @PostMapping("/account/sign-out")
    String signOut(HttpServletRequest request, HttpServletResponse response) {
        LOG.debug("{} signs out", door.person(request));
        door.leave(request, response);
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
        NativeId person = door.person(request);
        Optional<Command> command = command(wish, word, person.network());
        if (command.isEmpty()) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
        }
        boolean told = mine.tell(person, command.get().verb(), command.get().words(), language);
        return told ? "redirect:/account?done=asked" : "redirect:/account?done=no-bot";
    }

    /// Everything the bridge has of them, as a file.
    ///
    /// @param password for the keys of their stand-ins; empty for none of them
    @PostMapping("/account/export")
    void export(
            @RequestParam(defaultValue = "") String password, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        NativeId person = door.person(request);
        if (password.length() > LONGEST_PASSWORD) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
        }
        if (!archives.take(person.key())) {
            throw new ResponseStatusException(HttpStatus.TOO_MANY_REQUESTS);
        }
        response.setContentType("application/zip");
        response.setHeader("Content-Disposition", "attachment; filename=\"drawbridge.zip\"");
        response.setHeader("Cache-Control", "no-store");
        mine.archive(person, Optional.of(password).filter(p -> !p.isBlank()), response.getOutputStream());
    }

    /// @param post its id, or that of a copy
    @PostMapping("/account/take-back")
    String takeBack(@RequestParam(defaultValue = "") String post, HttpServletRequest request) {
        NativeId person = door.person(request);
        return mine.posts().takeBack(person, post.strip())
                ? "redirect:/account?done=taken-back"
                : "redirect:/account?done=no-such-post";
    }

    /// Shows once what it takes to take an account to another server.
    @PostMapping(path = "/account/move-out", produces = MediaType.TEXT_HTML_VALUE)
    String moveOut(
            @RequestParam String network, Model model, HttpServletRequest request, HttpServletResponse response) {
        NativeId person = door.person(request);
        Optional<Network> place = mine.networks().stream()
                .filter(known -> known.name().equals(network))
                .findFirst();
        Optional<MovingOut> passage = place.flatMap(found -> mine.moveOut(person, found));
        if (passage.isEmpty()) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
        }
        LOG.info("{} may be taken to another server", passage.get().name());
        response.setHeader("Cache-Control", "no-store");
        model.addAttribute("info", info);
        model.addAttribute("signedIn", door.session(request).orElseThrow());
        model.addAttribute("at", Shore.of(place.get()));
        model.addAttribute("passage", passage.get());
        model.addAttribute("until", When.shown(passage.get().until()));
        return "console/moving-out";
    }

    /// Those who follow their stand-in are told to go on to an account of their own.
    ///
    /// @param account `@user@host`
    @PostMapping("/account/go-on")
    String goOn(@RequestParam(defaultValue = "") String account, Locale language, HttpServletRequest request) {
        NativeId person = door.person(request);
        // It asks a server of others.
        if (!moves.take(person.key())) {
            return "redirect:/account?done=move-later";
        }
        Optional<String> name = Command.account(account);
        Optional<MoveRefusal> refusal =
                name.isEmpty() ? Optional.of(MoveRefusal.NOBODY) : mine.moveObjection(person, name.get());
        if (refusal.isPresent()) {
            return "redirect:/account?done=move-"
                    + refusal.get().name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
        boolean told = mine.tell(person, Verb.MIGRATE, List.of(name.orElseThrow()), language);
        return told ? "redirect:/account?done=asked" : "redirect:/account?done=no-bot";
    }

    private Optional<Command> command(String wish, String word, Network home) {
        boolean network = mine.networks().stream().anyMatch(n -> n.name().equals(word) && !n.equals(home));
        boolean toggle = word.equals(Command.ON) || word.equals(Command.OFF);
        Optional<Verb> verb = switch (wish) {
            case "start" -> Optional.of(Verb.START).filter(_ -> network);
            case "stop" -> Optional.of(Verb.STOP).filter(_ -> network);
            case "unlink" -> Optional.of(Verb.UNLINK).filter(_ -> network);
            case "digest" -> Optional.of(Verb.DIGEST).filter(_ -> RHYTHMS.contains(word));
            case "unfollow" -> Optional.of(Verb.UNFOLLOW).filter(_ -> word.equals(Command.ALL));
            case "delete" -> Optional.of(Verb.DELETE).filter(_ -> word.isEmpty());
            case "unlisted" -> Optional.of(Verb.UNLISTED).filter(_ -> toggle);
            case "notify" -> Optional.of(Verb.NOTIFY).filter(_ -> toggle);
            case "threads" -> Optional.of(Verb.THREADS).filter(_ -> toggle);
            default -> Optional.empty();
        };
        return verb.map(v -> new Command(v, word.isEmpty() ? List.of() : List.of(word), Locale.ENGLISH));
    }
}
