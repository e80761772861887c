package dev.drawbridge.console;

import dev.drawbridge.console.oidc.OpenIdProvider;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// The way into the operator's pages, and out of them.
@Controller
final class DoorController {
    private static final int REFUSED = 403;
    private final ConsoleAccess access;
    private final ConsoleInfo info;
    private final OperatorWay way;
    private final PasskeyDesk passkeys;

    DoorController(ConsoleAccess access, ConsoleInfo info, OperatorWay way, PasskeyDesk passkeys) {
        this.access = access;
        this.info = info;
        this.way = way;
        this.passkeys = passkeys;
    }

    @GetMapping(path = "/console/sign-in", produces = MediaType.TEXT_HTML_VALUE)
    String signIn(Model model) {
        return page(model, "sign-in", "", Optional.empty());
    }

    @PostMapping(path = "/console/sign-in", produces = MediaType.TEXT_HTML_VALUE)
    String signIn(
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String password,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        Optional<String> id = access.door().signIn(name.strip(), password, way.address(request));
        if (id.isEmpty()) {
            response.setStatus(REFUSED);
            return page(model, "sign-in", "", Optional.of("door.wrong"));
        }
        way.begin(id.get(), request, response);
        return "redirect:/console";
    }

    @GetMapping(path = "/console/set-up", produces = MediaType.TEXT_HTML_VALUE)
    String setUp(@RequestParam(defaultValue = "") String token, Model model, HttpServletResponse response) {
        if (!access.door().invitesFirst(token)
                && access.door().invitation(token).isEmpty()) {
            response.setStatus(REFUSED);
            return page(model, "sign-in", "", Optional.of("door.no-invitation"));
        }
        return page(model, "set-up", token, Optional.empty());
    }

    @PostMapping(path = "/console/set-up", produces = MediaType.TEXT_HTML_VALUE)
    String setUp(
            @RequestParam(defaultValue = "") String token,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String password,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        return switch (access.door().setUp(token, name.strip(), password, way.address(request))) {
            case DONE -> "redirect:/console/sign-in";
            case UNFIT -> {
                response.setStatus(400);
                yield page(model, "set-up", token, Optional.of("door.unfit"));
            }
            case WRONG, TOO_OFTEN -> {
                response.setStatus(REFUSED);
                yield page(model, "sign-in", "", Optional.of("door.no-invitation"));
            }
        };
    }

    @PostMapping("/console/sign-out")
    String signOut(HttpServletRequest request, HttpServletResponse response) {
        way.end(request, response);
        return "redirect:/console/sign-in";
    }

    private String page(Model model, String form, String token, Optional<String> problem) {
        model.addAttribute("info", info);
        model.addAttribute("form", form);
        model.addAttribute("token", token);
        Optional<Invitations.Invitation> invitation = access.door().invitation(token);
        model.addAttribute(
                "invited", invitation.map(Invitations.Invitation::name).orElse(""));
        model.addAttribute(
                "fresh", invitation.filter(Invitations.Invitation::fresh).isPresent());
        model.addAttribute("passkeys", passkeys.available());
        model.addAttribute(
                "provider", access.provider().map(OpenIdProvider::host).orElse(""));
        model.addAttribute("problem", problem.orElse(""));
        return "console/door";
    }
}
