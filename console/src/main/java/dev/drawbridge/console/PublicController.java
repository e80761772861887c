package dev.drawbridge.console;

import dev.drawbridge.engine.Lookup;
import dev.drawbridge.engine.PublicPosts;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// The people who are carried, what they wrote lately, and on what terms: for everybody.
@Controller
final class PublicController {
    private static final int LONGEST_ID = 2_000;
    private final PublicPosts posts;
    private final Lookup lookup;
    private final Questions questions;
    private final ConsoleInfo info;
    private final PageTexts texts;

    PublicController(PublicPosts posts, Lookup lookup, Questions questions, ConsoleInfo info, PageTexts texts) {
        this.posts = posts;
        this.lookup = lookup;
        this.questions = questions;
        this.info = info;
        this.texts = texts;
    }

    @GetMapping(path = "/feed", produces = MediaType.TEXT_HTML_VALUE)
    String feed(Model model) {
        model.addAttribute("info", info);
        model.addAttribute("posts", newest());
        return "console/feed";
    }

    @GetMapping(path = "/api/v1/feed", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<List<PostView.Json>> feedJson() {
        return ResponseEntity.ok(newest().stream().map(PostView::json).toList());
    }

    private List<PostView> newest() {
        return posts.newest().stream().map(PostView::of).toList();
    }

    @GetMapping(path = "/post", produces = MediaType.TEXT_HTML_VALUE)
    String post(
            @RequestParam(defaultValue = "") String network,
            @RequestParam(defaultValue = "") String id,
            Model model,
            HttpServletResponse response) {
        model.addAttribute("info", info);
        Optional<PostView> post = post(network, id);
        if (post.isEmpty()) {
            return nothing(model, response, "post.nothing", HttpServletResponse.SC_NOT_FOUND);
        }
        model.addAttribute("post", post.get());
        return "console/post";
    }

    @GetMapping(path = "/api/v1/post", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<PostView.Json> postJson(
            @RequestParam(defaultValue = "") String network, @RequestParam(defaultValue = "") String id) {
        return ResponseEntity.of(post(network, id).map(PostView::json));
    }

    private Optional<PostView> post(String network, String id) {
        return named(network, id).flatMap(posts::one).map(PostView::of);
    }

    @GetMapping(path = "/person", produces = MediaType.TEXT_HTML_VALUE)
    String person(
            @RequestParam(defaultValue = "") String network,
            @RequestParam(defaultValue = "") String id,
            Locale language,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        model.addAttribute("info", info);
        Optional<PersonView> person;
        try {
            person = person(network, id, language, request);
        } catch (Questions.Busy e) {
            return nothing(model, response, "lookup.busy", e.status());
        }
        if (person.isEmpty()) {
            return nothing(model, response, "person.nothing", HttpServletResponse.SC_NOT_FOUND);
        }
        model.addAttribute("person", person.get());
        model.addAttribute(
                "posts",
                newest().stream()
                        .filter(post -> post.author().equals(person.get().id())
                                && post.network().equals(person.get().network()))
                        .toList());
        return "console/person";
    }

    @GetMapping(path = "/api/v1/person", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<LookupJson.Person> personJson(
            @RequestParam(defaultValue = "") String network,
            @RequestParam(defaultValue = "") String id,
            Locale language,
            HttpServletRequest request) {
        try {
            return ResponseEntity.of(person(network, id, language, request).map(LookupJson::person));
        } catch (Questions.Busy e) {
            return ResponseEntity.status(e.status()).build();
        }
    }

    /// @throws Questions.Busy if it is not looked up: what somebody calls themselves is asked of their server
    private Optional<PersonView> person(String network, String id, Locale language, HttpServletRequest request) {
        return named(network, id)
                .flatMap(named -> questions.ask(request, () -> lookup.carried(named)))
                .map(person -> PersonView.of(person, language));
    }

    private static Optional<NativeId> named(String network, String id) {
        try {
            return id.length() > LONGEST_ID ? Optional.empty() : Optional.of(new NativeId(new Network(network), id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String nothing(Model model, HttpServletResponse response, String sentence, int status) {
        response.setStatus(status);
        model.addAttribute("sentence", sentence);
        return "console/nothing";
    }

    @GetMapping(path = "/privacy", produces = MediaType.TEXT_HTML_VALUE)
    String privacy(Model model) {
        return policy(model, "privacy", texts.privacy(), 5);
    }

    @GetMapping(path = "/age", produces = MediaType.TEXT_HTML_VALUE)
    String age(Model model) {
        return policy(model, "age", texts.age(), 2);
    }

    /// @param usual how many paragraphs come with the pages
    private String policy(Model model, String name, String own, int usual) {
        model.addAttribute("info", info);
        model.addAttribute("policy", name);
        model.addAttribute("own", PageTexts.paragraphs(own));
        model.addAttribute("usual", usual);
        return "console/policy";
    }
}
