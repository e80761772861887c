package dev.drawbridge.console;

import dev.drawbridge.engine.Lookup;
import dev.drawbridge.engine.Lookup.Answer;
import dev.drawbridge.model.Network;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// `/lookup`: who somebody is, on which networks they can be read, and why not. Keeps nothing of what is asked.
@Controller
final class LookupController {
    private final Lookup lookup;
    private final ConsoleInfo info;
    private final Questions questions;

    LookupController(Lookup lookup, ConsoleInfo info, Questions questions) {
        this.lookup = lookup;
        this.info = info;
        this.questions = questions;
    }

    /// @param outcome the key of a sentence: `people`, `nobody`, `silent`, `unreadable`, `too-long`, `secret`, `busy`
    /// @param silent networks that did not answer
    record Found(String outcome, int status, List<PersonView> people, List<Shore> silent) {
        static Found none(String outcome, int status) {
            return new Found(outcome, status, List.of(), List.of());
        }
    }

    @GetMapping(path = "/lookup", produces = MediaType.TEXT_HTML_VALUE)
    String page(
            @RequestParam(defaultValue = "") String q,
            Locale language,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        String typed = q.strip();
        response.setHeader("Cache-Control", "no-store");
        Optional<Found> found = typed.isEmpty() ? Optional.empty() : Optional.of(find(typed, language, request));
        found.ifPresent(f -> response.setStatus(f.status()));
        boolean secret = found.filter(f -> f.outcome().equals("secret")).isPresent();
        boolean shown = !secret && typed.length() <= Lookup.LONGEST;
        model.addAttribute("info", info);
        model.addAttribute("typed", shown ? typed : "");
        if (!shown) {
            // Nor in the links to other languages.
            model.addAttribute("kept", "");
        }
        model.addAttribute("longest", Lookup.LONGEST);
        model.addAttribute("found", found.orElse(null));
        return "console/lookup";
    }

    @GetMapping(path = "/api/v1/lookup", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<LookupJson> json(
            @RequestParam(defaultValue = "") String q, Locale language, HttpServletRequest request) {
        String typed = q.strip();
        Found found = typed.isEmpty() ? Found.none("unreadable", 400) : find(typed, language, request);
        return ResponseEntity.status(found.status())
                .cacheControl(CacheControl.noStore())
                .body(LookupJson.of(found));
    }

    private Found find(String typed, Locale language, HttpServletRequest request) {
        if (typed.length() > Lookup.LONGEST) {
            return Found.none("too-long", 400);
        }
        try {
            return said(questions.ask(request, () -> lookup.about(typed)), language);
        } catch (Questions.Busy e) {
            return Found.none("busy", e.status());
        }
    }

    private static Found said(Answer answer, Locale language) {
        return switch (answer) {
            case Answer.People(List<Lookup.Person> people) ->
                new Found(
                        "people",
                        200,
                        people.stream().map(p -> PersonView.of(p, language)).toList(),
                        List.of());
            case Answer.Unreadable _ -> Found.none("unreadable", 400);
            case Answer.Secret _ -> Found.none("secret", 400);
            case Answer.Nobody(List<Network> silent) ->
                silent.isEmpty()
                        ? Found.none("nobody", 404)
                        : new Found(
                                "silent",
                                404,
                                List.of(),
                                silent.stream().map(Shore::of).toList());
        };
    }
}
