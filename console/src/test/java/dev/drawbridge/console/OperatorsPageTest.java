package dev.drawbridge.console;

import static dev.drawbridge.console.OperatorScreen.PASSWORD;
import static dev.drawbridge.console.OperatorScreen.cookie;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.port.Operators;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Operators with names of their own.
@Timeout(180)
class OperatorsPageTest {
    private static final Pattern LINK = Pattern.compile("<code>(https://bridge.example/console/set-up[^<]*)</code>");
    private final OperatorScreen screen = new OperatorScreen(OperatorScreen.HOME);
    private String inside = "";

    @BeforeEach
    void enter() throws Exception {
        inside = screen.inside();
    }

    @AfterEach
    void stop() {
        screen.close();
    }

    private HttpResponse<String> add(String name) throws Exception {
        return screen.form("/console/operators/add", inside, Map.of("name", name));
    }

    private String link(String name) throws Exception {
        Matcher link = LINK.matcher(add(name).body());
        assertThat(link.find()).isTrue();
        return link.group(1);
    }

    private String said(HttpResponse<String> answer) {
        return answer.headers().firstValue("location").orElseThrow().replaceFirst(".*done=", "");
    }

    private String remove(String cookie, String name) throws Exception {
        return said(screen.form("/console/operators/remove", cookie, Map.of("name", name)));
    }

    @Test
    void somebodyIsAddedByALinkAndHasTheirOwnNameInTheAudit() throws Exception {
        String link = link(" anna ");
        assertThat(screen.operators.find("anna")).as("not yet").isEmpty();
        assertThat(screen.server.get(link.replaceFirst("https://[^/]*", "")).body())
                .contains("value=\"anna\"", "Choose a password of");
        assertThat(screen.setUp(link, "somebody-else", PASSWORD).statusCode()).isEqualTo(302);
        assertThat(screen.operators.find("somebody-else")).isEmpty();
        assertThat(screen.setUp(link, "anna", PASSWORD).statusCode()).as("once").isEqualTo(403);
        String anna = cookie(screen.signIn("anna", PASSWORD));
        assertThat(screen.get("/console/operators", anna).body()).contains(">anna<", ">op<", "Sign out anna");
        assertThat(screen.audit(anna)).contains("made a link to become an operator", "became an operator");
    }

    @Test
    void aNameThatIsTakenOrNoneMakesNoLink() throws Exception {
        for (String name : new String[] {"op", "", "<b>", "Anna", "oidc:op"}) {
            var answer = add(name);
            assertThat(answer.statusCode()).as(name).isEqualTo(400);
            assertThat(answer.body()).contains("Somebody is called so already").doesNotContain("set-up?token");
        }
    }

    @Test
    void whoIsRemovedIsOutAtOnceAndDoesNotComeBackByAnOlderLink() throws Exception {
        screen.setUp(link("anna"), "anna", PASSWORD);
        String anna = cookie(screen.signIn("anna", PASSWORD));
        String older = screen.door.invite("anna", "(shell)").orElseThrow().toString();
        assertThat(remove(inside, "anna")).isEqualTo("removed");
        assertThat(screen.admits(anna)).isFalse();
        assertThat(screen.signIn("anna", PASSWORD).statusCode()).isEqualTo(403);
        assertThat(screen.setUp(older, "anna", PASSWORD).statusCode()).isEqualTo(403);
        assertThat(screen.operators.find("anna")).isEmpty();
        assertThat(screen.audit(inside)).contains("removed an operator");
    }

    @Test
    void noLinkOutlivesWhoMadeItWhereverTheyWereTakenOut() throws Exception {
        screen.setUp(link("anna"), "anna", PASSWORD);
        String friend = screen.door.welcome("friend", "anna").orElseThrow().toString();
        String anew = screen.door.invite("op", "anna").orElseThrow().toString();
        // Another process takes her out: this one hears nothing of it.
        assertThat(screen.operators.remove("anna")).isTrue();
        assertThat(screen.setUp(friend, "friend", PASSWORD).statusCode()).isEqualTo(403);
        assertThat(screen.operators.find("friend")).isEmpty();
        String before = screen.operators.find("op").orElseThrow().password();
        assertThat(screen.setUp(anew, "op", PASSWORD + " anew").statusCode()).isEqualTo(403);
        assertThat(screen.operators.find("op").orElseThrow().password()).isEqualTo(before);
        assertThat(screen.setUp(link("friend"), "friend", PASSWORD).statusCode())
                .as("one made since")
                .isEqualTo(302);
    }

    @Test
    void theLastStays() throws Exception {
        assertThat(screen.get("/console/operators", inside).body()).doesNotContain("/console/operators/remove");
        assertThat(remove(inside, "op")).isEqualTo("last");
        screen.setUp(link("anna"), "anna", PASSWORD);
        String anna = cookie(screen.signIn("anna", PASSWORD));
        assertThat(remove(anna, "op")).isEqualTo("removed");
        assertThat(screen.admits(inside)).isFalse();
        assertThat(remove(anna, "anna")).isEqualTo("last");
        assertThat(screen.admits(anna)).isTrue();
    }

    @Test
    void aLinkForOneWhoCameMeanwhileAddsNobody() throws Exception {
        String link = link("anna");
        screen.operators.add(new Operators.Operator("anna", "$hash", screen.clock.instant()));
        assertThat(screen.setUp(link, "anna", PASSWORD).statusCode()).isEqualTo(403);
        assertThat(screen.operators.find("anna").orElseThrow().password()).isEqualTo("$hash");
    }

    @Test
    void formsWithoutATokenAreRefused() throws Exception {
        for (String path : new String[] {"/console/operators/add", "/console/operators/remove"}) {
            assertThat(screen.server
                            .post(path, Map.of("name", "op"), "Cookie", inside)
                            .statusCode())
                    .as(path)
                    .isEqualTo(403);
            assertThat(screen.server.post(path, Map.of("name", "op")).statusCode())
                    .as("nobody, " + path)
                    .isEqualTo(303);
        }
    }
}
