using Theory.Contract;
using Theory.Numerics.FixedPoints;
using Theory.Symbolics;

namespace Theory.Features;

/// <summary>Ridge regression on features with a spike: all order parameters and both errors, for any bulk.</summary>
internal readonly record struct SpikedReadout(
    double TestError, double TrainError, double Q1, double Q2, double M, double Theta, double Psi, double V1, double V2, double Amplification, double QuadratureError, Diagnostics Diagnostics)
{
    /// <summary>What is known of the labels, and of the readout that is fitted to them.</summary>
    internal readonly record struct Setting(double Alpha, double Beta, double Lambda, double Noise);

    /// <summary>Solves the equations, in the letters of the docs.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The activation is constant, or a function is not square integrable.</exception>
    public static SpikedReadout Solve(ScalarFunction activation, ScalarFunction target, double spike, double bulkVariance, double alignment, Setting setting, IBulk bulk, SolveOptions options)
    {
        FeatureFunctions.Moments(target, "Target");
        if (FeatureFunctions.Moments(activation, "Activation").Variance == 0)
            throw FeatureFunctions.Unfit("Activation", activation, "must not be constant: a constant activation has no features");
        var projection = SpikeProjection.Of(activation, target, spike, bulkVariance, alignment);
        var samplesPerFeature = setting.Alpha / setting.Beta;
        var (point, diagnostics) = SpikedFixedPoint.Solve(projection, bulk, samplesPerFeature, setting.Lambda, options);
        if (projection.QuadratureError > 1e-8)
            diagnostics = diagnostics with { Warnings = [.. diagnostics.Warnings, $"the integrals over the projection on the spike are known to {projection.QuadratureError:g2} only."] };
        return Linear(projection, point, samplesPerFeature, setting.Noise, diagnostics);
    }

    // Given V₁, V₂: (m, Θ) and (q₁, q₂) from 2 × 2 linear systems, the rest explicitly.
    private static SpikedReadout Linear(SpikeProjection x, SpikedPoint point, double a, double noise, Diagnostics diagnostics)
    {
        var (e00, e01, e11, mean, first, slope, power) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < x.Kappa.Length; i++)
        {
            var r = x.Weight[i] / (1 + x.Mu1Squared[i] * point.V1 + x.Mu2Squared[i] * point.V2);
            var linear = x.Kappa[i] * x.Mu1[i];
            e00 += r * x.Mu0[i] * x.Mu0[i];
            e01 += r * x.Mu0[i] * linear;
            e11 += r * linear * linear;
            mean += r * x.Mu0[i] * x.Target[i];
            first += r * linear * x.Target[i];
            slope += r * x.Slope[i] * x.Mu1[i];
            power += r * (x.Mu0[i] * x.Mu0[i] + x.Mu1Squared[i] + x.Mu2Squared[i]);
        }
        var response = point.Bulk.A1;
        var psiField = a * slope;
        // e00 m + e01 Θ = mean; Θ = A₁,vv (a·first − a·e01 m − a·e11 Θ) + A₁,vζ ψ̂. Without a mean of the features m is 0.
        var (diagonal, right) = (1 + response.Vv * a * e11, response.Vv * a * first + response.Vz * psiField);
        double m, theta;
        if (e00 <= 1e-24 * power) (m, theta) = (0, right / diagonal);
        else
        {
            var determinant = e00 * diagonal - e01 * response.Vv * a * e01;
            (m, theta) = ((mean * diagonal - e01 * right) / determinant, (e00 * right - response.Vv * a * e01 * mean) / determinant);
        }
        var thetaField = a * (first - e01 * m - e11 * theta);
        var psi = response.Vz * thetaField + response.Zz * psiField;
        return Errors(x, point, a, noise, diagnostics, m, theta, psi, thetaField, psiField);
    }

    private static SpikedReadout Errors(SpikeProjection x, SpikedPoint point, double a, double noise, Diagnostics diagnostics, double m, double theta, double psi, double thetaField, double psiField)
    {
        // The local squared error is T = T₀ + μ₁² q₁ + μ₂² q₂.
        var (test, train, field1, field2, s1, s2, g1, g2) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < x.Kappa.Length; i++)
        {
            var r = 1 / (1 + x.Mu1Squared[i] * point.V1 + x.Mu2Squared[i] * point.V2);
            var fit = x.Mu0[i] * m + x.Mu1[i] * x.Kappa[i] * theta;
            var gap = fit - x.Target[i];
            var local = Math.Max(0, x.Square[i] - x.Target[i] * x.Target[i]) + noise + gap * gap - 2 * x.Mu1[i] * psi * x.Slope[i];
            var (w, wrr) = (x.Weight[i], x.Weight[i] * r * r);
            test += w * local;
            train += wrr * local;
            field1 += wrr * x.Mu1Squared[i] * local;
            field2 += wrr * x.Mu2Squared[i] * local;
            s1 += w * x.Mu1Squared[i];
            s2 += w * x.Mu2Squared[i];
            g1 += wrr * x.Mu1Squared[i];
            g2 += wrr * x.Mu2Squared[i];
        }
        var b = point.Bulk;
        var (right1, right2) = (a * (field1 * b.M22 + field2 * b.M12) + b.B2.Form(thetaField, psiField), a * (field1 * b.M12 + field2 * b.M02) + b.A2.Form(thetaField, psiField));
        var (k11, k22) = (1 - point.Kg11, 1 - point.Kg22);
        var determinant = k11 * k22 - point.Kg12 * point.Kg21;
        if (!(determinant > 0)) diagnostics = diagnostics with { Status = SolverStatus.FloatingPointLimit, Warnings = [.. diagnostics.Warnings, "the equations for q1 and q2 are singular in double precision."] };
        var (q1, q2) = ((k22 * right1 + point.Kg12 * right2) / determinant, (k11 * right2 + point.Kg21 * right1) / determinant);
        return new(test + s1 * q1 + s2 * q2, train + g1 * q1 + g2 * q2, q1, q2, m, theta, psi, point.V1, point.V2, 1 / determinant, x.QuadratureError, diagnostics);
    }
}
