package dev.drawbridge.console;

import dev.drawbridge.model.page.PagePolicy;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.servlet.HandlerInterceptor;

/// See [PagePolicy].
final class PageHeaders implements HandlerInterceptor {
    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        PagePolicy.HEADERS.forEach(response::setHeader);
        return true;
    }
}
