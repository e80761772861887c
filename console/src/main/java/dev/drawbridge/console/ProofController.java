package dev.drawbridge.console;

import dev.drawbridge.engine.Connectors;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.AccountProof;
import dev.drawbridge.model.spi.AccountProof.Refusal;
import dev.drawbridge.model.spi.AccountProof.Start;
import dev.drawbridge.model.spi.AccountProof.Verdict;
import dev.drawbridge.model.spi.ClientPlace;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.NetworkConnector;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// The ways into `/account` beside a code of a bot: an app that signs, and a server that is asked.
@Controller
final class ProofController {
    private static final Logger LOG = LoggerFactory.getLogger(ProofController.class);
    private static final String SIGNED = "/account/sign-in/signed";
    private static final int LONGEST_NAME = 500;
    private static final int LONGEST_BODY = 200;
    private static final int TOO_OFTEN = 429;
    private static final int FORBIDDEN = 403;
    private static final String STRANGER = "proof.stranger";

    private final Connectors connectors;
    private final AccountDoor door;
    private final Questions questions;
    private final ConsoleInfo info;
    private final MessageSource words;
    private final OpenSignIns<AccountProof.BySignature> challenges;
    private final OpenSignIns<Start.Ask> asked;

    ProofController(
            Connectors connectors,
            AccountDoor door,
            Questions questions,
            ConsoleInfo info,
            MessageSource words,
            OpenSignIns<AccountProof.BySignature> challenges,
            OpenSignIns<Start.Ask> asked) {
        this.connectors = connectors;
        this.door = door;
        this.questions = questions;
        this.info = info;
        this.words = words;
        this.challenges = challenges;
        this.asked = asked;
    }

    /// A way as the page offers it.
    ///
    /// @param signature whether an app signs; else a server is asked
    /// @param example how a name looks that can be asked for
    record Way(Shore shore, String network, boolean signature, String example) {
        /// Every way of every network.
        static List<Way> of(Connectors connectors) {
            return connectors.all().stream().flatMap(c -> of(c).stream()).toList();
        }

        private static List<Way> of(NetworkConnector connector) {
            Network network = connector.network();
            return connector.proofs().stream()
                    .map(proof -> switch (proof) {
                        case AccountProof.BySignature _ -> new Way(Shore.of(network), network.name(), true, "");
                        case AccountProof.ByTheirServer server ->
                            new Way(Shore.of(network), network.name(), false, server.example());
                    })
                    .toList();
        }
    }

    /// What is to be signed.
    ///
    /// @param url and `payload` as the signed event has to name them
    /// @param at the time to put into it, in seconds since 1970: that of a browser may be wrong
    record Challenge(String challenge, String url, String payload, long at) {}

    /// Where to go on, or why not.
    record Said(Optional<String> next, Optional<String> error) {}

    @PostMapping(path = "/account/sign-in/challenge", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> challenge(
            @RequestParam(defaultValue = "") String network,
            Locale language,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (!door.mayTry(request)) {
            return said(TOO_OFTEN, "error.429", language);
        }
        var proof = proof(network, AccountProof.BySignature.class);
        if (proof.isEmpty()) {
            return said(FORBIDDEN, sentence(Refusal.UNABLE), language);
        }
        String challenge = challenges.word();
        challenges.put(challenge, door.browser(request, response), proof.get());
        return ResponseEntity.ok()
                .header("Cache-Control", "no-store")
                .body(new Challenge(
                        challenge, door.home().resolve(SIGNED).toString(), Sessions.digest(challenge), door.time()));
    }

    @PostMapping(path = SIGNED, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> signed(Locale language, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (!door.mayTry(request)) {
            return said(TOO_OFTEN, "error.429", language);
        }
        byte[] body = request.getInputStream().readNBytes(LONGEST_BODY);
        var call = new HttpCall(
                "POST",
                door.home().resolve(SIGNED),
                Map.of(),
                Optional.ofNullable(request.getHeader("Authorization"))
                        .map(header -> Map.of("authorization", List.of(header)))
                        .orElse(Map.of()),
                body,
                door.address(request));
        Verdict verdict = door.known(request)
                .flatMap(browser -> challenges.take(new String(body, StandardCharsets.UTF_8), browser))
                .map(proof -> proof.check(call))
                .orElseGet(() -> new Verdict.Refused(Refusal.STALE));
        return switch (verdict) {
            case Verdict.Proven(NativeId person) when !door.isMember(person) -> said(FORBIDDEN, STRANGER, language);
            case Verdict.Proven(NativeId person) -> {
                door.enter(person, request, response);
                yield ResponseEntity.ok()
                        .header("Cache-Control", "no-store")
                        .body(new Said(Optional.of("/account"), Optional.empty()));
            }
            case Verdict.Refused(Refusal why) -> {
                LOG.warn("refused a signature from {}: {}", door.address(request), why);
                yield said(FORBIDDEN, sentence(why), language);
            }
        };
    }

    private ResponseEntity<Said> said(int status, String sentence, Locale language) {
        return ResponseEntity.status(status)
                .header("Cache-Control", "no-store")
                .body(new Said(
                        Optional.empty(), Optional.ofNullable(words.getMessage(sentence, new Object[0], language))));
    }

    /// Prepares the question to their server, and shows where it is asked: who leaves for another place sees its name
    /// first.
    @PostMapping(path = "/account/sign-in/server", produces = MediaType.TEXT_HTML_VALUE)
    String ask(
            @RequestParam(defaultValue = "") String network,
            @RequestParam(defaultValue = "") String name,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (!door.mayTry(request)) {
            return refused("error.429", TOO_OFTEN, model, response);
        }
        String typed = name.strip();
        var proof = proof(network, AccountProof.ByTheirServer.class);
        if (proof.isEmpty() || typed.isEmpty() || typed.length() > LONGEST_NAME) {
            return refused(sentence(Refusal.NOBODY), FORBIDDEN, model, response);
        }
        String state = asked.word();
        Start start;
        try {
            start = questions.ask(request, () -> proof.get().begin(typed, state, this::back));
        } catch (Questions.Busy e) {
            return refused("error." + e.status(), e.status(), model, response);
        }
        return switch (start) {
            case Start.Refused(Refusal why) -> refused(sentence(why), FORBIDDEN, model, response);
            case Start.Ask ask -> {
                asked.put(state, door.browser(request, response), ask);
                yield leaving(ask.page(), model, response);
            }
        };
    }

    /// A place of its own for each server, so that none has the answer of another brought here
    /// ([RFC 9700 §4.4.2](https://www.rfc-editor.org/rfc/rfc9700#section-4.4.2)).
    private URI back(String server) {
        return door.home().resolve(ClientPlace.BACK + Sessions.digest(server));
    }

    private String leaving(URI page, Model model, HttpServletResponse response) {
        response.setHeader("Cache-Control", "no-store");
        model.addAttribute("info", info);
        model.addAttribute("page", page.toString());
        model.addAttribute("server", page.getRawAuthority());
        return "console/account-leaving";
    }

    /// Where their server sends them back to.
    @GetMapping(path = ClientPlace.BACK + "{server}", produces = MediaType.TEXT_HTML_VALUE)
    String back(
            @PathVariable String server,
            @RequestParam Map<String, String> answer,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        response.setHeader("Cache-Control", "no-store");
        // What is in this address is for us alone.
        response.setHeader("Referrer-Policy", "no-referrer");
        Verdict verdict;
        try {
            verdict = questions.ask(request, () -> answered(request, server, answer));
        } catch (Questions.Busy e) {
            return refused("error." + e.status(), e.status(), model, response);
        }
        return switch (verdict) {
            case Verdict.Proven(NativeId person)
            when !door.isMember(person) -> refused(STRANGER, FORBIDDEN, model, response);
            case Verdict.Refused(Refusal why) -> {
                LOG.warn("refused the answer of a server, for {}: {}", door.address(request), why);
                yield refused(sentence(why), FORBIDDEN, model, response);
            }
            case Verdict.Proven(NativeId person) -> {
                door.enter(person, request, response);
                // From here on it is a way within this site, on which the cookie of the session goes along.
                response.setHeader("Refresh", "0;url=/account");
                model.addAttribute("info", info);
                yield "console/account-back";
            }
        };
    }

    /// Of the question that this browser began and this server was asked, once.
    private Verdict answered(HttpServletRequest request, String server, Map<String, String> answer) {
        return door.known(request)
                .flatMap(browser -> asked.take(answer.getOrDefault("state", ""), browser))
                .filter(ask -> (ClientPlace.BACK + server).equals(ask.back().getPath()))
                .map(ask -> ask.answer().read(answer))
                .orElseGet(() -> new Verdict.Refused(Refusal.STALE));
    }

    private String refused(String sentence, int status, Model model, HttpServletResponse response) {
        response.setStatus(status);
        response.setHeader("Cache-Control", "no-store");
        model.addAttribute("info", info);
        model.addAttribute("sentence", sentence);
        return "console/account-refused";
    }

    private <P extends AccountProof> Optional<P> proof(String network, Class<P> way) {
        return connectors.all().stream()
                .filter(connector -> connector.network().name().equals(network))
                .flatMap(connector -> connector.proofs().stream())
                .filter(way::isInstance)
                .map(way::cast)
                .findFirst();
    }

    private static String sentence(Refusal why) {
        return "proof." + why.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
