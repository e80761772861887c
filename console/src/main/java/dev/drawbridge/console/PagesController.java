package dev.drawbridge.console;

import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/// The pages everybody may see.
@Controller
final class PagesController {
    private final Overview overview;
    private final ConsoleInfo info;

    PagesController(Overview overview, ConsoleInfo info) {
        this.overview = overview;
        this.info = info;
    }

    @GetMapping(path = "/", produces = MediaType.TEXT_HTML_VALUE)
    String landing(Model model) {
        model.addAttribute("info", info);
        model.addAttribute("places", overview.places());
        model.addAttribute("numbers", overview.numbers());
        return "console/landing";
    }
}
