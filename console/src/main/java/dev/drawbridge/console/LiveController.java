package dev.drawbridge.console;

import dev.drawbridge.model.port.Crossings.Crossing;
import java.util.List;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/// What crosses right now, with names: for the operator's own machine.
@Controller
final class LiveController {
    private static final int MOST = 500;
    private final Overview overview;
    private final ConsoleInfo info;

    LiveController(Overview overview, ConsoleInfo info) {
        this.overview = overview;
        this.info = info;
    }

    /// One crossing as `/api/v1/crossings` has it.
    record ApiCrossing(
            String id,
            String activity,
            String from,
            String author,
            String original,
            String to,
            Optional<String> copy,
            String state,
            String reason,
            List<ApiLoss> losses,
            long tookMs,
            String at) {
        record ApiLoss(String field, String reason) {}

        static ApiCrossing of(Crossing c) {
            return new ApiCrossing(
                    c.id(),
                    c.activity(),
                    c.author().network().name(),
                    c.author().value(),
                    c.original().value(),
                    c.target().name(),
                    c.copy().map(copy -> copy.value()),
                    c.state().name(),
                    c.reason(),
                    c.losses().stream()
                            .map(l -> new ApiLoss(l.field(), l.reason()))
                            .toList(),
                    c.took().toMillis(),
                    c.at().toString());
        }
    }

    @GetMapping(path = "/demo", produces = MediaType.TEXT_HTML_VALUE)
    String demo(Model model) {
        model.addAttribute("info", info);
        model.addAttribute("columns", overview.columns());
        model.addAttribute("numbers", overview.numbers());
        return "console/demo";
    }

    @GetMapping(path = "/api/v1/crossings", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    List<ApiCrossing> crossings(@RequestParam(defaultValue = "50") int limit) {
        return overview.newest(Math.clamp(limit, 1, MOST)).stream()
                .map(ApiCrossing::of)
                .toList();
    }
}
