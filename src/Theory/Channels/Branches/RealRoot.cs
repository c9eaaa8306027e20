namespace Theory.Channels;

/// <summary>Roots and minima of functions of one variable inside brackets.</summary>
internal static class RealRoot
{
    /// <summary>A root between two points of opposite sign, to rounding: Chandrupatla's choice between inverse quadratic interpolation and bisection.</summary>
    /// <remarks>T. R. Chandrupatla, Adv. Eng. Softw. 28, 145 (1997).</remarks>
    public static double Between(Func<double, double> f, double a, double fa, double b, double fb)
    {
        if (fa == 0) return a;
        if (fb == 0) return b;
        double c = a, fc = fa, t = 0.5;
        // a is the newest point; the root lies between a and b.
        (a, fa, b, fb) = (b, fb, a, fa);
        (c, fc) = (b, fb);
        for (var i = 0; i < 120; i++)
        {
            var x = a + t * (b - a);
            var fx = f(x);
            if (Math.Sign(fx) == Math.Sign(fa)) (c, fc) = (a, fa);
            else (c, b, fc, fb) = (b, a, fb, fa);
            (a, fa) = (x, fx);
            var best = Math.Abs(fa) < Math.Abs(fb) ? a : b;
            var resolution = 2 * double.Epsilon + 4e-16 * Math.Abs(best) + 1e-16;
            var limit = resolution / Math.Abs(b - a);
            if (limit > 0.5 || fx == 0) return best;
            var (xi, phi) = ((a - b) / (c - b), (fa - fb) / (fc - fb));
            t = phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi
                ? fa / (fb - fa) * (fc / (fb - fc)) + (c - a) / (b - a) * (fa / (fc - fa)) * (fb / (fc - fb))
                : 0.5;
            t = Math.Clamp(t, limit, 1 - limit);
        }

        return Math.Abs(fa) < Math.Abs(fb) ? a : b;
    }

    /// <summary>The root of a smooth increasing function near a guess: the secant method, and a bracket where it fails.</summary>
    /// <param name="f">The function.</param>
    /// <param name="guess">Where to begin.</param>
    /// <param name="slope">Its slope there, roughly; positive.</param>
    public static double Near(Func<double, double> f, double guess, double slope)
    {
        var (x, fx) = (guess, f(guess));
        if (fx == 0 || !double.IsFinite(fx)) return x;
        var step = Math.Clamp(-fx / slope, -1, 1);
        for (var i = 0; i < 8; i++)
        {
            var (y, fy) = (x + step, f(x + step));
            var next = -fy * step / (fy - fx);
            // Each error is about the product of the last two steps.
            if (fy == 0 || Math.Abs(next * step) < 1e-16 || Math.Abs(next) < 1e-15 * Math.Abs(y)) return double.IsFinite(next) ? y + next : y;
            if (!(Math.Abs(next) < 0.5 * Math.Abs(step))) return Increasing(f, y, Math.Max(Math.Abs(step), 1e-3));
            (x, fx, step) = (y, fy, next);
        }

        return Increasing(f, x, Math.Max(Math.Abs(step), 1e-3));
    }

    /// <summary>The root of an increasing function, looked for around a guess.</summary>
    public static double Increasing(Func<double, double> f, double guess, double step)
    {
        var (x, fx) = (guess, f(guess));
        if (fx == 0 || !double.IsFinite(fx)) return x;
        var direction = -Math.Sign(fx);
        for (var i = 0; i < 200; i++, step *= 2)
        {
            var y = x + direction * step;
            var fy = f(y);
            if (Math.Sign(fy) != Math.Sign(fx)) return Between(f, x, fx, y, fy);
            (x, fx) = (y, fy);
        }

        return double.NaN;
    }

    /// <summary>A minimum inside (a, c) that holds a lower point b: Brent's method, to the resolution √ε of a minimum.</summary>
    public static (double X, double Value) Minimum(Func<double, double> f, double a, double b, double c, double fb)
    {
        const double golden = 0.381966011250105;
        double x = b, w = b, v = b, fx = fb, fw = fb, fv = fb, last = c - a, step = 0;
        for (var i = 0; i < 80; i++)
        {
            var middle = (a + c) / 2;
            var resolution = 1e-8 * Math.Abs(x) + 1e-9;
            if (Math.Abs(x - middle) <= 2 * resolution - (c - a) / 2) break;
            var (r, q) = ((x - w) * (fx - fv), (x - v) * (fx - fw));
            var (p, denominator) = ((x - v) * q - (x - w) * r, 2 * (q - r));
            if (denominator > 0) p = -p;
            denominator = Math.Abs(denominator);
            if (Math.Abs(p) < Math.Abs(denominator * last / 2) && p > denominator * (a - x) && p < denominator * (c - x))
                (last, step) = (step, p / denominator);
            else
            {
                last = x < middle ? c - x : a - x;
                step = golden * last;
            }

            var u = x + (Math.Abs(step) >= resolution ? step : Math.Sign(step) * resolution);
            var fu = f(u);
            if (fu <= fx)
            {
                if (u < x) c = x;
                else a = x;
                (v, fv, w, fw, x, fx) = (w, fw, x, fx, u, fu);
            }
            else
            {
                if (u < x) a = u;
                else c = u;
                if (fu <= fw || w == x) (v, fv, w, fw) = (w, fw, u, fu);
                else if (fu <= fv || v == x || v == w) (v, fv) = (u, fu);
            }
        }

        return (x, fx);
    }
}
