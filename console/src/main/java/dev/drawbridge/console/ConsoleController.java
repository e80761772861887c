package dev.drawbridge.console;

import dev.drawbridge.engine.DeadLetterDesk;
import dev.drawbridge.engine.InstanceStatus;
import dev.drawbridge.engine.Lookup;
import dev.drawbridge.engine.Mirrors;
import dev.drawbridge.engine.Sanction;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.port.Crossings;
import dev.drawbridge.model.port.DeadLetters.DeadLetter;
import dev.drawbridge.model.port.Operators.Deed;
import dev.drawbridge.model.port.Parking;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/// `/console`: what an operator sees and decides. Whoever comes here is signed in, and every form is theirs
/// ([ConsoleGuard]).
@Controller
final class ConsoleController {
    private static final int ROWS = 100;
    private static final int LONGEST = 20_000;
    /// What a page may say about the wish that led to it.
    private static final Set<String> DONE =
            Set.of("replayed", "dropped", "decided", "hopeless", "not-there", "not-now");

    private final ConsoleAccess access;
    private final InstanceStatus status;
    private final Lookup lookup;
    private final ConsoleInfo info;
    private final InstantSource clock;

    ConsoleController(
            ConsoleAccess access, InstanceStatus status, Lookup lookup, ConsoleInfo info, InstantSource clock) {
        this.access = access;
        this.status = status;
        this.lookup = lookup;
        this.info = info;
        this.clock = clock;
    }

    /// @param waits what it waits for: a destination or an object
    record Queue(String waits, long size, String reason, int attempts, String since, String next) {
        static Queue of(Parking.Queue queue) {
            return new Queue(
                    queue.key(),
                    queue.size(),
                    queue.reason(),
                    queue.attempts(),
                    When.shown(queue.since()),
                    When.shown(queue.next()));
        }
    }

    record Trouble(Shore shore, boolean well, List<String> troubles, long ready, long waiting) {}

    record Letter(String id, String stage, String destination, String reason, String at, String body) {
        static Letter of(DeadLetter letter) {
            String body = letter.body();
            return new Letter(
                    letter.id(),
                    letter.stage().name(),
                    letter.destination(),
                    letter.reason(),
                    When.shown(letter.at()),
                    body.length() > LONGEST ? body.substring(0, LONGEST) + "…" : body);
        }
    }

    record Answer(String to, boolean given, String how, String since) {
        static Answer of(Consent consent) {
            return new Answer(consent.target().name(), consent.given(), consent.how(), When.shown(consent.since()));
        }
    }

    /// @param shown their stand-ins
    record Account(String network, String id, List<Answer> answers, List<String> shown) {}

    @ModelAttribute
    void always(
            Model model,
            @RequestAttribute(ConsoleGuard.SESSION) Sessions.Session session,
            @RequestParam(defaultValue = "") String done) {
        model.addAttribute("info", info);
        model.addAttribute("signedIn", session);
        model.addAttribute("done", DONE.contains(done) ? done : "");
    }

    @GetMapping(path = "/console", produces = MediaType.TEXT_HTML_VALUE)
    String overview(Model model) {
        InstanceStatus.Snapshot now = status.now();
        model.addAttribute("numbers", new Overview.Numbers(now.crossed(), now.waiting(), now.givenUp()));
        model.addAttribute("arrived", now.arrived());
        model.addAttribute(
                "lines",
                now.networks().stream()
                        .map(l -> new Trouble(Shore.of(l.network()), l.well(), l.troubles(), l.ready(), l.waiting()))
                        .toList());
        model.addAttribute(
                "queues",
                access.ports().parking().queues(ROWS).stream().map(Queue::of).toList());
        model.addAttribute("charts", charts());
        model.addAttribute(
                "crossings",
                access.ports().crossings().newest(ROWS / 2).stream()
                        .map(c -> CrossingView.of(c, PostTexts.UNKNOWN))
                        .toList());
        return "console/operator";
    }

    /// By the key of their title.
    private Map<String, FlowChart> charts() {
        Instant at = clock.instant();
        List<Crossings.Hour> hours = access.ports().crossings().arrived(FlowChart.Span.DAY.since(at));
        var charts = new LinkedHashMap<String, FlowChart>();
        charts.put("operator.chart", FlowChart.of(hours, lookup.networks(), FlowChart.Span.HOUR, at));
        charts.put("operator.chart-day", FlowChart.of(hours, lookup.networks(), FlowChart.Span.DAY, at));
        return charts;
    }

    @GetMapping(path = "/console/dead-letters", produces = MediaType.TEXT_HTML_VALUE)
    String letters(Model model) {
        model.addAttribute(
                "letters",
                access.letters().newest(ROWS).stream().map(Letter::of).toList());
        return "console/letters";
    }

    @GetMapping(path = "/console/dead-letter", produces = MediaType.TEXT_HTML_VALUE)
    String letter(@RequestParam(defaultValue = "") String id, Model model, HttpServletResponse response) {
        Optional<Letter> letter = access.letters().find(id).map(Letter::of);
        if (letter.isEmpty()) {
            return nothing(model, response);
        }
        model.addAttribute("letter", letter.get());
        return "console/letter";
    }

    @PostMapping("/console/dead-letter/replay")
    String replay(@RequestAttribute(ConsoleGuard.SESSION) Sessions.Session session, @RequestParam String id) {
        return decided(session, "replayed", id, access.letters().replay(id));
    }

    @AsksAgain
    @PostMapping("/console/dead-letter/drop")
    String drop(@RequestAttribute(ConsoleGuard.SESSION) Sessions.Session session, @RequestParam String id) {
        return decided(session, "dropped", id, access.letters().drop(id));
    }

    private String decided(Sessions.Session session, String what, String id, DeadLetterDesk.Outcome outcome) {
        return switch (outcome) {
            case DONE -> {
                access.door().note(session.who(), what + " a dead letter", id);
                yield "redirect:/console/dead-letters?done=" + what;
            }
            case NOT_THERE -> "redirect:/console/dead-letters?done=not-there";
            case HOPELESS -> "redirect:/console/dead-letters?done=hopeless";
            case NOT_NOW -> "redirect:/console/dead-letters?done=not-now";
        };
    }

    @GetMapping(path = "/console/accounts", produces = MediaType.TEXT_HTML_VALUE)
    String accounts(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "false") boolean mirrors,
            @RequestParam(defaultValue = "") String after,
            Model model) {
        Predicate<Consent> wanted = mirrors ? c -> c.given() && Mirrors.vouchesFor(c) : Consent::given;
        List<NativeId> people =
                q.isBlank() ? access.accounts().page(lookup.networks(), after, ROWS, wanted) : named(q.strip());
        model.addAttribute("q", q);
        model.addAttribute("mirrors", mirrors);
        model.addAttribute("people", people.stream().map(this::account).toList());
        model.addAttribute(
                "after", q.isBlank() && people.size() == ROWS ? people.getLast().key() : "");
        return "console/accounts";
    }

    private List<NativeId> named(String typed) {
        return typed.length() <= Lookup.LONGEST && lookup.about(typed) instanceof Lookup.Answer.People(var people)
                ? people.stream()
                        .filter(Predicate.not(Lookup.Person::bot))
                        .map(Lookup.Person::id)
                        .toList()
                : List.of();
    }

    private Account account(NativeId person) {
        return new Account(
                person.network().name(),
                person.value(),
                access.ports().consents().of(person).stream().map(Answer::of).toList(),
                access.ports().identities().of(person).stream()
                        .map(g -> g.network().name() + ": " + g.handle())
                        .toList());
    }

    @GetMapping(path = "/console/account", produces = MediaType.TEXT_HTML_VALUE)
    String account(
            @RequestParam(defaultValue = "") String network,
            @RequestParam(defaultValue = "") String id,
            Locale language,
            Model model,
            HttpServletResponse response) {
        Optional<NativeId> person = person(network, id);
        if (person.isEmpty()) {
            return nothing(model, response);
        }
        model.addAttribute("account", account(person.get()));
        model.addAttribute(
                "person",
                lookup.carried(person.get())
                        .map(p -> PersonView.of(p, language))
                        .orElse(null));
        model.addAttribute(
                "audit",
                access.ports().consents().audit(person.get()).stream()
                        .map(Answer::of)
                        .toList());
        return "console/account";
    }

    /// Somebody who ever said something.
    private Optional<NativeId> person(String network, String id) {
        return lookup.networks().stream()
                .filter(n -> n.name().equals(network) && !id.isBlank())
                .map(n -> new NativeId(n, id))
                .filter(p -> !access.ports().consents().of(p).isEmpty())
                .findFirst();
    }

    /// Always possible at once: nothing is in the way of who takes somebody out. They can be let ask again, but their
    /// copies do not come back.
    @PostMapping("/console/account/remove")
    String remove(
            @RequestAttribute(ConsoleGuard.SESSION) Sessions.Session session,
            @RequestParam String network,
            @RequestParam String id,
            @RequestParam(defaultValue = "") String reason,
            Model model,
            HttpServletResponse response) {
        return decide(session, new Decision(network, id, true, reason.strip()), model, response);
    }

    @AsksAgain
    @PostMapping("/console/account/readmit")
    String readmit(
            @RequestAttribute(ConsoleGuard.SESSION) Sessions.Session session,
            @RequestParam String network,
            @RequestParam String id,
            @RequestParam(defaultValue = "") String reason,
            Model model,
            HttpServletResponse response) {
        return decide(session, new Decision(network, id, false, reason.strip()), model, response);
    }

    /// @param removes else they may ask again
    private record Decision(String network, String id, boolean removes, String reason) {}

    private String decide(Sessions.Session session, Decision wanted, Model model, HttpServletResponse response) {
        Optional<NativeId> person = person(wanted.network(), wanted.id());
        if (person.isEmpty()) {
            return nothing(model, response);
        }
        Sanction sanction;
        try {
            sanction = new Sanction(wanted.removes(), wanted.reason(), clock.instant());
        } catch (IllegalArgumentException e) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            model.addAttribute("sentence", "operator.reason-missing");
            return "console/nothing";
        }
        access.inbox().put(sanction.about(person.get()));
        access.door()
                .note(
                        session.who(),
                        wanted.removes() ? "removed" : "readmitted",
                        person.get().key() + ": " + sanction.reason());
        return "redirect:/console/accounts?done=decided";
    }

    @GetMapping(path = "/console/settings", produces = MediaType.TEXT_HTML_VALUE)
    String settings(Model model) {
        model.addAttribute("settings", access.settings());
        return "console/settings";
    }

    @GetMapping(path = "/console/audit", produces = MediaType.TEXT_HTML_VALUE)
    String audit(Model model) {
        model.addAttribute(
                "deeds", access.operators().deeds(ROWS).stream().map(Done::of).toList());
        return "console/audit";
    }

    record Done(String at, String who, String what, String about) {
        static Done of(Deed deed) {
            return new Done(When.shown(deed.at()), deed.who(), deed.what(), deed.about());
        }
    }

    private static String nothing(Model model, HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_NOT_FOUND);
        model.addAttribute("sentence", "operator.nothing");
        return "console/nothing";
    }
}
