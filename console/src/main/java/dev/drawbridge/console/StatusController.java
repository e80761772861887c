package dev.drawbridge.console;

import dev.drawbridge.engine.InstanceStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/// `/status`: whether the bridge works, for everybody. What exactly is wrong is for the operator.
@Controller
final class StatusController {
    private final InstanceStatus status;
    private final ConsoleInfo info;
    private final PageTexts texts;

    StatusController(InstanceStatus status, ConsoleInfo info, PageTexts texts) {
        this.status = status;
        this.info = info;
        this.texts = texts;
    }

    /// One network on the page.
    ///
    /// @param lag how long posts take, in milliseconds
    record Line(
            Shore shore,
            boolean well,
            long ready,
            long waiting,
            Optional<String> oldest,
            Optional<Long> lag,
            Optional<String> began,
            Optional<String> ended) {
        static Line of(InstanceStatus.Line line) {
            return new Line(
                    Shore.of(line.network()),
                    line.well(),
                    line.ready(),
                    line.waiting(),
                    line.oldest().map(When::shown),
                    line.lag().map(Duration::toMillis),
                    line.incident().map(InstanceStatus.Incident::began).map(When::shown),
                    line.incident().flatMap(InstanceStatus.Incident::ended).map(When::shown));
        }
    }

    /// As `/api/v1/status` has it. Times are ISO 8601.
    ///
    /// @param denied domains nobody of whom is carried, by decision of the operator
    record Json(
            String at,
            long crossed,
            long waiting,
            long givenUp,
            long arrived,
            List<LineJson> networks,
            List<String> denied) {
        record LineJson(
                String network,
                boolean connected,
                long ready,
                long waiting,
                Optional<String> oldest,
                Optional<Long> lagMs,
                Optional<IncidentJson> incident) {}

        record IncidentJson(String began, Optional<String> ended) {}
    }

    @GetMapping(path = "/status", produces = MediaType.TEXT_HTML_VALUE)
    String page(Model model) {
        InstanceStatus.Snapshot now = status.now();
        model.addAttribute("info", info);
        model.addAttribute("numbers", new Overview.Numbers(now.crossed(), now.waiting(), now.givenUp()));
        model.addAttribute("lines", now.networks().stream().map(Line::of).toList());
        model.addAttribute("denied", texts.denied());
        return "console/status";
    }

    @GetMapping(path = "/api/v1/status", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Json> json() {
        InstanceStatus.Snapshot now = status.now();
        return ResponseEntity.ok(new Json(
                now.at().toString(),
                now.crossed(),
                now.waiting(),
                now.givenUp(),
                now.arrived(),
                now.networks().stream().map(StatusController::line).toList(),
                texts.denied().stream().map(PageTexts.Denied::domain).toList()));
    }

    private static Json.LineJson line(InstanceStatus.Line line) {
        return new Json.LineJson(
                line.network().name(),
                line.well(),
                line.ready(),
                line.waiting(),
                line.oldest().map(Instant::toString),
                line.lag().map(Duration::toMillis),
                line.incident()
                        .map(i -> new Json.IncidentJson(
                                i.began().toString(), i.ended().map(Instant::toString))));
    }
}
