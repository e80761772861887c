package dev.drawbridge.console;

import dev.drawbridge.engine.MyAccount;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.bot.Command;
import dev.drawbridge.model.bot.Verb;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// Where somebody who signed in waits for people who are not here yet, or not any more.
@Controller
final class WaitingController {
    private static final Map<String, Verb> WISHES =
            Map.of("ask", Verb.ASK, "follow", Verb.FOLLOW, "unfollow", Verb.UNFOLLOW);
    private static final int TURNS = 20;
    private static final Duration EACH = Duration.ofSeconds(30);

    private final MyAccount mine;
    private final AccountDoor door;
    private final Turns turns;

    WaitingController(MyAccount mine, AccountDoor door, InstantSource clock) {
        this.mine = mine;
        this.door = door;
        this.turns = new Turns(TURNS, EACH, clock);
    }

    /// @param wish `ask`, `follow` or `unfollow`
    /// @param name as people of their network write it
    @PostMapping("/account/wait")
    String await(
            @RequestParam(defaultValue = "") String wish,
            @RequestParam(defaultValue = "") String name,
            Locale language,
            HttpServletRequest request) {
        NativeId person = door.person(request);
        Command command = Command.read(wish + " " + name);
        if (!WISHES.containsKey(wish) || command.verb() != WISHES.get(wish)) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
        }
        // It asks servers of others.
        if (!turns.take(person.key())) {
            return "redirect:/account?done=move-later";
        }
        boolean told = mine.tell(person, command.verb(), command.words(), language);
        return told ? "redirect:/account?done=asked" : "redirect:/account?done=no-bot";
    }
}
