package dev.drawbridge.console;

import dev.drawbridge.engine.LinkRefusal;
import dev.drawbridge.engine.MyAccount;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.bot.Command;
import dev.drawbridge.model.bot.Verb;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Where somebody who signed in says that an account of another network is theirs too.
@Controller
final class LinkController {
    private static final int TURNS = 10;
    private static final Duration EACH = Duration.ofSeconds(30);

    private final MyAccount mine;
    private final AccountDoor door;
    private final Turns turns;

    LinkController(MyAccount mine, AccountDoor door, InstantSource clock) {
        this.mine = mine;
        this.door = door;
        this.turns = new Turns(TURNS, EACH, clock);
    }

    /// @param account as people of its network write it
    @PostMapping("/account/link")
    String link(@RequestParam(defaultValue = "") String account, Locale language, HttpServletRequest request) {
        NativeId person = door.person(request);
        // It asks servers of others.
        if (!turns.take(person.key())) {
            return "redirect:/account?done=move-later";
        }
        Command command = Command.read("link " + account);
        if (command.verb() != Verb.LINK) {
            return refused(LinkRefusal.NOBODY);
        }
        String called = command.words().getFirst();
        Optional<LinkRefusal> refusal = mine.linkObjection(person, called);
        if (refusal.isPresent()) {
            return refused(refusal.get());
        }
        boolean told = mine.tell(person, Verb.LINK, List.of(called), language);
        return told ? "redirect:/account?done=asked" : "redirect:/account?done=no-bot";
    }

    private static String refused(LinkRefusal why) {
        return "redirect:/account?done=link-"
                + why.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
