package dev.drawbridge.console;

import dev.drawbridge.engine.Examiner;
import dev.drawbridge.engine.HostStates;
import dev.drawbridge.engine.InstanceStatus;
import dev.drawbridge.engine.crypto.KeyRotation;
import dev.drawbridge.model.spi.Finding;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/// The operator's pages about the machine: servers of others, how the networks see this instance, keys, and whom it
/// does not carry. Whoever comes here is signed in, and every form is theirs ([ConsoleGuard]).
@Controller
final class EngineRoomController {
    private static final List<String> DONE = List.of("looked", "looking", "rotating");

    private final EngineRoom room;
    private final OperatorDoor door;
    private final InstanceStatus status;
    private final ConsoleInfo info;
    private final PageTexts texts;

    EngineRoomController(EngineRoom room, OperatorDoor door, InstanceStatus status, ConsoleInfo info, PageTexts texts) {
        this.room = room;
        this.door = door;
        this.status = status;
        this.info = info;
        this.texts = texts;
    }

    @ModelAttribute
    void always(
            Model model,
            @RequestAttribute(ConsoleGuard.SESSION) Sessions.Session session,
            @RequestParam(defaultValue = "") String done) {
        model.addAttribute("info", info);
        model.addAttribute("signedIn", session);
        model.addAttribute("done", DONE.contains(done) ? done : "");
    }

    /// @param paused until when its breaker is open, if it is
    record Host(
            Shore shore,
            String name,
            long waiting,
            Optional<String> since,
            Optional<String> next,
            String reason,
            Optional<String> paused,
            int failures) {
        static Host of(HostStates.Host host) {
            return new Host(
                    Shore.of(host.network()),
                    host.name(),
                    host.waiting(),
                    host.since().map(When::shown),
                    host.next().map(When::shown),
                    host.reason(),
                    host.paused().map(p -> When.shown(p.until())),
                    host.paused().map(p -> p.failures()).orElse(0));
        }
    }

    @GetMapping(path = "/console/hosts", produces = MediaType.TEXT_HTML_VALUE)
    String hosts(Model model) {
        model.addAttribute("hosts", room.hosts().all().stream().map(Host::of).toList());
        return "console/hosts";
    }

    /// What one network says of this instance.
    ///
    /// @param troubles as the connector knows them without asking
    record Seen(Shore shore, List<String> troubles, List<Finding> findings) {}

    @GetMapping(path = "/console/relays", produces = MediaType.TEXT_HTML_VALUE)
    String relays(Model model) {
        Optional<Examiner.Report> last = room.examiner().last();
        model.addAttribute("at", last.map(Examiner.Report::at).map(When::shown).orElse(""));
        model.addAttribute(
                "seen",
                status.now().networks().stream()
                        .map(line -> new Seen(
                                Shore.of(line.network()),
                                line.troubles(),
                                last.stream()
                                        .flatMap(report -> report.lines().stream())
                                        .filter(found -> found.network().equals(line.network()))
                                        .map(Examiner.Line::finding)
                                        .toList()))
                        .toList());
        return "console/relays";
    }

    @PostMapping("/console/relays/look")
    String look(@RequestAttribute(ConsoleGuard.SESSION) Sessions.Session session) {
        door.note(session.who(), "looked at the instance from outside", "");
        return room.examiner().look().isPresent()
                ? "redirect:/console/relays?done=looked"
                : "redirect:/console/relays?done=looking";
    }

    @GetMapping(path = "/console/keys", produces = MediaType.TEXT_HTML_VALUE)
    String keys(Model model) {
        KeyRotation.Standing standing = room.rotation().standing();
        Map<String, Long> counts = new TreeMap<>(standing.counts());
        model.addAttribute("newest", standing.newest());
        model.addAttribute("counts", counts);
        model.addAttribute("older", standing.older());
        model.addAttribute("running", room.rotation().running());
        model.addAttribute("unopened", room.rotation().unopened());
        return "console/keys";
    }

    @PostMapping("/console/keys/rotate")
    String rotate(@RequestAttribute(ConsoleGuard.SESSION) Sessions.Session session) {
        door.note(
                session.who(), "encrypts keys anew", room.rotation().standing().newest());
        room.rotate();
        return "redirect:/console/keys?done=rotating";
    }

    @GetMapping(path = "/console/blocks", produces = MediaType.TEXT_HTML_VALUE)
    String blocks(Model model) {
        model.addAttribute("denied", texts.denied());
        return "console/blocks";
    }
}
