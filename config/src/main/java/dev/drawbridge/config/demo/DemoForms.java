package dev.drawbridge.config.demo;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.springframework.web.util.HtmlUtils;

/// What the forms of the page ask for. A page with a script is told what is wrong, or nothing; what came of it
/// everybody
/// is told ([DemoStream]). One without a script is led back to where it was.
final class DemoForms {
    /// Bytes of a form.
    static final long MAX = 20_000;

    /// UTF-16 code units of a post.
    static final int LONGEST_TEXT = 280;

    private static final String HTML = "text/html; charset=utf-8";
    private static final int LONGEST_FIELD = 200;
    private static final int MOST_CHOICES = 3;
    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Sandbox sandbox;
    private final DemoViews views;
    private final BiFunction<HttpCall, String, HttpReply> refused;

    /// @param refused the page with a sentence about what is wrong, by the key of the sentence
    DemoForms(Sandbox sandbox, DemoViews views, BiFunction<HttpCall, String, HttpReply> refused) {
        this.sandbox = sandbox;
        this.views = views;
        this.refused = refused;
    }

    /// What a form asks for.
    private interface Wish {
        /// @return what is wrong with it, as a key of the words; empty if it is done
        Optional<String> grant(Fields fields, Shore shore);
    }

    HttpReply write(HttpCall call) {
        return answer(call, DemoForms::written);
    }

    HttpReply edit(HttpCall call) {
        return answer(call, DemoForms::edited);
    }

    HttpReply act(HttpCall call) {
        return answer(call, DemoForms::acted);
    }

    HttpReply plug(HttpCall call) {
        return answer(call, (fields, shore) -> {
            shore.plug().pulled(fields.one("pulled").equals("true"));
            return Optional.empty();
        });
    }

    /// Only the page itself may write: neither another site's form nor a name that leads here by a trick.
    private HttpReply answer(HttpCall call, Wish wish) {
        boolean foreign = call.header("sec-fetch-site")
                .filter(site -> !site.equals("same-origin") && !site.equals("none"))
                .isPresent();
        if (foreign || !HERE.contains(call.host())) {
            return HttpReply.text(403, views.words("demo.problem-foreign", DemoPage.language(call)) + "\n");
        }
        Fields fields = Fields.of(new String(call.body(), StandardCharsets.UTF_8));
        Optional<Shore> shore = sandbox.shore(fields.one("shore"));
        Optional<String> problem =
                shore.isEmpty() ? Optional.of("demo.problem-shore") : wish.grant(fields, shore.get());
        boolean script = call.header("hx-request").isPresent();
        if (problem.isPresent()) {
            return script ? sentence(call, problem.get()) : refused.apply(call, problem.get());
        }
        return script
                ? HttpReply.of(200, HTML, "")
                : HttpReply.of(303).with("location", DemoPage.PATH + "#" + fields.one("shore"));
    }

    /// What the page says about a form is all it is told, and says in a place of its own: of what was sent nothing has
    /// to be there any more, as news of the same post may have taken its place meanwhile.
    private HttpReply sentence(HttpCall call, String problem) {
        String text = HtmlUtils.htmlEscape(views.words(problem, DemoPage.language(call), LONGEST_TEXT));
        return HttpReply.of(400, HTML, "<p class=\"notice bad\">" + text + "</p>");
    }

    private static Optional<String> written(Fields fields, Shore shore) {
        String text = fields.one("text");
        if (text.isEmpty() || text.length() > LONGEST_TEXT) {
            return Optional.of("demo.problem-length");
        }
        Optional<String> alt =
                Optional.of(fields.one("alt")).filter(_ -> fields.one("picture").equals("true"));
        Optional<String> warning = Optional.of(fields.one("warning")).filter(w -> !w.isEmpty());
        List<String> choices =
                fields.all("choice").stream().filter(c -> !c.isEmpty()).toList();
        boolean tooLong = Stream.of(alt.stream(), warning.stream(), choices.stream())
                .flatMap(s -> s)
                .anyMatch(field -> field.length() > LONGEST_FIELD);
        if (tooLong) {
            return Optional.of("demo.problem-field");
        }
        boolean poll = choices.isEmpty()
                || choices.size() > 1
                        && choices.size() <= MOST_CHOICES
                        && shore.features().contains(Shore.Feature.POLL);
        if (!poll) {
            return Optional.of("demo.problem-poll");
        }
        Optional<NativeId> parent = id(fields, "parent", shore);
        Optional<NativeId> quoted = id(fields, "quoted", shore);
        boolean gone = Stream.concat(parent.stream(), quoted.stream())
                .anyMatch(id -> shore.journal().post(id).isEmpty());
        if (gone) {
            return Optional.of("demo.problem-gone");
        }
        shore.write(new Draft(text, parent, quoted, warning, alt, choices));
        return Optional.empty();
    }

    private static Optional<NativeId> id(Fields fields, String name, Shore shore) {
        return Optional.of(fields.one(name)).filter(v -> !v.isEmpty()).map(v -> new NativeId(shore.network(), v));
    }

    private static Optional<String> edited(Fields fields, Shore shore) {
        String text = fields.one("text");
        if (text.isEmpty() || text.length() > LONGEST_TEXT) {
            return Optional.of("demo.problem-length");
        }
        if (!shore.features().contains(Shore.Feature.EDIT)) {
            return Optional.of("demo.problem-edit");
        }
        Optional<Written> post = id(fields, "post", shore).flatMap(shore.journal()::own);
        post.filter(p -> !p.text().equals(text)).ifPresent(p -> shore.edit(p, text));
        return gone(post);
    }

    private static Optional<String> acted(Fields fields, Shore shore) {
        Optional<NativeId> id = id(fields, "post", shore);
        Optional<Written> own = id.flatMap(shore.journal()::own);
        Optional<Sighting> copy = id.flatMap(shore.journal()::post);
        return switch (fields.one("what")) {
            case "delete" -> {
                own.ifPresent(shore::retract);
                yield gone(own);
            }
            case "like" -> react(shore, Sighting.Kind.LIKE, copy);
            case "repost" -> react(shore, Sighting.Kind.REPOST, copy);
            default -> Optional.of("demo.problem-act");
        };
    }

    private static Optional<String> gone(Optional<?> post) {
        return post.isPresent() ? Optional.empty() : Optional.of("demo.problem-gone");
    }

    /// Once is enough.
    private static Optional<String> react(Shore shore, Sighting.Kind kind, Optional<Sighting> copy) {
        copy.filter(post -> shore.journal().mark(new Journal.Mark(kind, post.id())))
                .ifPresent(post -> shore.react(kind, post));
        return gone(copy);
    }

    /// What a form sent, without space around it.
    private record Fields(Map<String, List<String>> values) {
        static Fields of(String body) {
            var values = new HashMap<String, List<String>>();
            for (String pair : body.split("&")) {
                int is = pair.indexOf('=');
                if (is > 0) {
                    values.computeIfAbsent(decoded(pair.substring(0, is)), _ -> new ArrayList<>())
                            .add(decoded(pair.substring(is + 1)).strip());
                }
            }
            return new Fields(values);
        }

        List<String> all(String name) {
            return values.getOrDefault(name, List.of());
        }

        String one(String name) {
            return all(name).stream().findFirst().orElse("");
        }

        private static String decoded(String text) {
            try {
                return URLDecoder.decode(text, StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                return "";
            }
        }
    }
}
