package dev.drawbridge.console;

import dev.drawbridge.model.page.PageLanguage;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.util.WebUtils;

/// Tells the templates which language to speak, and keeps what a reader asked for with `?lang=`.
final class PageLanguageResolver implements LocaleResolver, HandlerInterceptor {
    @Override
    public Locale resolveLocale(HttpServletRequest request) {
        var cookie = Optional.ofNullable(WebUtils.getCookie(request, PageLanguage.NAME));
        return PageLanguage.of(
                asked(request),
                cookie.map(c -> c.getValue()),
                Optional.ofNullable(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE)));
    }

    @Override
    public void setLocale(HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
        throw new UnsupportedOperationException("a reader asks with ?" + PageLanguage.NAME);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        asked(request)
                .flatMap(PageLanguage::known)
                .ifPresent(language -> response.addHeader(HttpHeaders.SET_COOKIE, PageLanguage.cookie(language)));
        return true;
    }

    private static Optional<String> asked(HttpServletRequest request) {
        return Optional.ofNullable(request.getParameter(PageLanguage.NAME));
    }
}
