package dev.drawbridge.console;

import dev.drawbridge.console.oidc.OpenIdProvider;
import dev.drawbridge.console.oidc.OpenIdProvider.Question;
import dev.drawbridge.console.oidc.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// The way in by a provider that the operator chose. What was begun belongs to the browser that began it
/// ([OpenSignIns]).
@Controller
final class OidcController {
    private static final Logger LOG = LoggerFactory.getLogger(OidcController.class);
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int TOO_OFTEN = 429;

    private final Optional<OpenIdProvider> provider;
    private final OperatorDoor door;
    private final OperatorWay way;
    private final Questions questions;
    private final ConsoleInfo info;
    private final OpenSignIns<Question> begun;

    OidcController(
            Optional<OpenIdProvider> provider,
            OperatorDoor door,
            OperatorWay way,
            Questions questions,
            ConsoleInfo info,
            OpenSignIns<Question> begun) {
        this.provider = provider;
        this.door = door;
        this.way = way;
        this.questions = questions;
        this.info = info;
        this.begun = begun;
    }

    /// Prepares the question, and shows where it is asked: forms lead to this site only.
    ///
    /// @param again whether they have to show there who they are, also if the provider knows them already
    @PostMapping(path = "/console/sign-in/oidc", produces = MediaType.TEXT_HTML_VALUE)
    String ask(
            @RequestParam(defaultValue = "false") boolean again,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (!door.mayTry(way.address(request), Optional.empty())) {
            return refused("error.429", TOO_OFTEN, model, response);
        }
        String state = begun.word();
        try {
            Question question = questions.ask(request, () -> chosen().begin(state, again));
            begun.put(state, way.browsers().of(request, response), question);
            model.addAttribute("info", info);
            model.addAttribute("page", question.page().toString());
            model.addAttribute("server", question.page().getRawAuthority());
            return "console/door-leaving";
        } catch (Questions.Busy e) {
            return refused("error." + e.status(), e.status(), model, response);
        } catch (Refusal e) {
            return refused(e, model, request, response);
        }
    }

    /// Where the provider sends them back to.
    @GetMapping(path = ConsoleAccess.OIDC_BACK, produces = MediaType.TEXT_HTML_VALUE)
    String back(
            @RequestParam Map<String, String> answer,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        // What is in this address is for us alone.
        response.setHeader("Referrer-Policy", "no-referrer");
        Optional<Question> question =
                way.browsers().known(request).flatMap(browser -> begun.take(answer.getOrDefault("state", ""), browser));
        if (question.isEmpty()) {
            // This took no turn: anybody sends it as often as they want.
            LOG.debug("refused an answer that nobody asked for, from {}", way.address(request));
            return refused("oidc.stale", FORBIDDEN, model, response);
        }
        try {
            OpenIdProvider.Entered entered = questions.ask(request, () -> chosen().read(question.get(), answer));
            String session = door.enterBy(chosen().host(), entered, way.address(request));
            way.begin(session, request, response);
            // From here on it is a way within this site, on which the cookie of the session goes along.
            response.setHeader("Refresh", "0;url=/console");
            model.addAttribute("info", info);
            return "console/door-back";
        } catch (Questions.Busy e) {
            return refused("error." + e.status(), e.status(), model, response);
        } catch (Refusal e) {
            return refused(e, model, request, response);
        }
    }

    /// The provider itself says that somebody signed out there
    /// ([Back-Channel Logout](https://openid.net/specs/openid-connect-backchannel-1_0.html)).
    @PostMapping(path = ConsoleAccess.OIDC_SIGN_OUT, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> signOut(
            @RequestParam(name = "logout_token", defaultValue = "") String token, HttpServletRequest request) {
        try {
            questions.take(request);
            var out = chosen().signOut(token, questions::place);
            return door.signOutBy(chosen().host(), out)
                    ? ResponseEntity.ok().build()
                    : problem(BAD_REQUEST, "it was said before");
        } catch (Questions.Busy e) {
            return problem(e.status(), "asked too often");
        } catch (Refusal e) {
            LOG.warn("refused to sign somebody out for {}: {}", way.address(request), e.getMessage());
            return problem(BAD_REQUEST, "the logout token is not right");
        }
    }

    /// As [Back-Channel Logout §2.8](https://openid.net/specs/openid-connect-backchannel-1_0.html#BCResponse) wants it.
    private static ResponseEntity<?> problem(int status, String description) {
        return ResponseEntity.status(status).body(Map.of("error", "invalid_request", "error_description", description));
    }

    private OpenIdProvider chosen() {
        return provider.orElseThrow(Refusal::none);
    }

    private String refused(Refusal refusal, Model model, HttpServletRequest request, HttpServletResponse response) {
        LOG.warn("refused to sign in somebody from {}: {}", way.address(request), refusal.getMessage());
        return refused("oidc." + refusal.why().name().toLowerCase(Locale.ROOT), FORBIDDEN, model, response);
    }

    private String refused(String sentence, int status, Model model, HttpServletResponse response) {
        response.setStatus(status);
        model.addAttribute("info", info);
        model.addAttribute("sentence", sentence);
        return "console/door-refused";
    }
}
