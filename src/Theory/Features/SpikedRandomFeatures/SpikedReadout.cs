using System.Numerics;
using Theory.Contract;
using Theory.Numerics.FixedPoints;
using Theory.Symbolics;

namespace Theory.Features;

/// <summary>What is known of the samples and of the readout that is fitted to them.</summary>
internal readonly record struct SpikedSetting(double Alpha, double Beta, double Lambda, double Noise)
{
    public double SamplesPerFeature => Alpha / Beta;
}

/// <summary>Ridge regression on features with a spike: all order parameters and both errors, for any bulk.</summary>
internal readonly record struct SpikedReadout(
    double TestError, double TrainError, double Q1, double Q2, double M, double Theta, double Psi, double V1, double V2, double Amplification, double QuadratureError, Diagnostics Diagnostics)
{
    /// <summary>Why the allowance of the experiments is what it is.</summary>
    public const string FiniteSizeRemark =
        "c = 3A·error + 1.5m²/(αV₂) (test) and 4A·error + m²/(αV₂) (training), about twice what fits over d = 60, 120, 240 gave: A = 1/det(I − KG) is the variance amplification, m²/(αV₂) the ridge that a weak spike costs.";

    /// <summary>The constant c of the finite-size allowance c/d.</summary>
    public static double FiniteSizeConstant(string observable, double testError, double trainError, double m, double v2, double amplification, double alpha)
    {
        var cost = m * m / (alpha * v2);
        return observable == "test_error" ? 3 * amplification * testError + 1.5 * cost : 4 * amplification * trainError + cost;
    }

    /// <summary>Solves the equations, in the letters of the docs.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The activation is constant, or a function is not square integrable.</exception>
    /// <exception cref="NotConvergedException">The equations for V₁ and V₂ were not solved to the tolerance and the options ask for an exception.</exception>
    public static SpikedReadout Solve(
        string system, ScalarFunction activation, ScalarFunction target, double spike, double bulkVariance, double alignment, SpikedSetting setting, IBulk bulk, SolveOptions options)
    {
        FeatureFunctions.Moments(target, "Target");
        if (FeatureFunctions.Moments(activation, "Activation").Variance == 0)
            throw FeatureFunctions.Unfit("Activation", activation, "must not be constant: a constant activation has no features");
        var result = Refine(SpikeProjection.Of(activation, target, spike, bulkVariance, alignment), setting, bulk, options);
        if (!result.Diagnostics.IsConverged && options.OnFailure == OnFailure.Throw) throw new NotConvergedException(system, result.Diagnostics);
        result = result with { QuadratureError = Math.Max(result.QuadratureError, bulk.Error) };
        return result.QuadratureError <= 1e-8 ? result : result with
        {
            Diagnostics = result.Diagnostics.Warn(FormattableString.Invariant($"the integrals are known to {result.QuadratureError:g2} only.")),
        };
    }

    // Panels are halved until the errors agree. Once they resolve the integrands, halving divides the error of a rule of order 10 by 2²⁰: 2⁸ is trusted,
    // and no more than the last two halvings showed where there were two.
    private static SpikedReadout Refine(SpikeProjection x, SpikedSetting setting, IBulk bulk, SolveOptions options)
    {
        const double Trusted = 1.0 / 256;
        const double Accepted = 1e-10;
        var (point, diagnostics) = SpikedFixedPoint.Solve(x, bulk, setting.SamplesPerFeature, setting.Lambda, options);
        var (coarse, before) = (Linear(x, point, setting, diagnostics), double.NaN);
        while (coarse.Diagnostics.IsConverged && x.Finer is { } finer)
        {
            x = finer;
            (point, diagnostics) = SpikedFixedPoint.Solve(x, bulk, setting.SamplesPerFeature, setting.Lambda, options, (point, coarse.Diagnostics.Iterations));
            var fine = Linear(x, point, setting, diagnostics);
            var distance = Math.Max(Distance(coarse.TestError, fine.TestError), Distance(coarse.TrainError, fine.TrainError));
            var gain = double.IsNaN(before) ? (distance <= Accepted / Trusted ? Trusted : 1) : Math.Clamp(distance / before, Trusted, 1);
            coarse = fine with { QuadratureError = distance * gain };
            // Rounding noise does not shrink any more.
            if (coarse.QuadratureError <= Accepted || distance <= 1e-7 && distance > before / 4) break;
            before = distance;
        }
        return coarse;
    }

    private static double Distance(double coarse, double fine) => coarse == fine ? 0 : Math.Abs(coarse - fine) / Math.Abs(fine);

    // Given V₁, V₂: (m, Θ) and (q₁, q₂) from 2 × 2 linear systems, the rest explicitly.
    private static SpikedReadout Linear(SpikeProjection x, SpikedPoint point, SpikedSetting setting, Diagnostics diagnostics)
    {
        var (v1, v2, one) = (new Vector<double>(point.V1), new Vector<double>(point.V2), Vector<double>.One);
        Vector<double> s00 = default, s01 = default, s11 = default, sMean = default, sFirst = default, sSlope = default, sPower = default;
        for (var i = 0; i < x.Kappa.Length; i += Vector<double>.Count)
        {
            var (mu0, mu1, target) = (new Vector<double>(x.Mu0, i), new Vector<double>(x.Mu1, i), new Vector<double>(x.Target, i));
            var (square1, square2) = (new Vector<double>(x.Mu1Squared, i), new Vector<double>(x.Mu2Squared, i));
            var r = new Vector<double>(x.Weight, i) / (one + square1 * v1 + square2 * v2);
            var linear = new Vector<double>(x.Kappa, i) * mu1;
            var (r0, rLinear) = (r * mu0, r * linear);
            s00 += r0 * mu0;
            s01 += r0 * linear;
            s11 += rLinear * linear;
            sMean += r0 * target;
            sFirst += rLinear * target;
            sSlope += r * new Vector<double>(x.Slope, i) * mu1;
            sPower += r0 * mu0 + r * (square1 + square2);
        }
        var (e00, e01, e11) = (Vector.Sum(s00), Vector.Sum(s01), Vector.Sum(s11));
        var (mean, first, power) = (Vector.Sum(sMean), Vector.Sum(sFirst), Vector.Sum(sPower));
        var (a, response) = (setting.SamplesPerFeature, point.Bulk.A1);
        var psiField = a * Vector.Sum(sSlope);
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
        return Errors(x, point, setting, diagnostics, m, theta, psi, thetaField, psiField);
    }

    private static SpikedReadout Errors(
        SpikeProjection x, SpikedPoint point, SpikedSetting setting, Diagnostics diagnostics, double m, double theta, double psi, double thetaField, double psiField)
    {
        // The local squared error is T = T₀ + μ₁² q₁ + μ₂² q₂.
        var (v1, v2, one) = (new Vector<double>(point.V1), new Vector<double>(point.V2), Vector<double>.One);
        Vector<double> sTest = default, sTrain = default, sField1 = default, sField2 = default, sum1 = default, sum2 = default, sumR1 = default, sumR2 = default;
        for (var i = 0; i < x.Kappa.Length; i += Vector<double>.Count)
        {
            var (mu1, target, w) = (new Vector<double>(x.Mu1, i), new Vector<double>(x.Target, i), new Vector<double>(x.Weight, i));
            var (square1, square2) = (new Vector<double>(x.Mu1Squared, i), new Vector<double>(x.Mu2Squared, i));
            var r = one / (one + square1 * v1 + square2 * v2);
            var gap = new Vector<double>(x.Mu0, i) * m + mu1 * new Vector<double>(x.Kappa, i) * theta - target;
            var rest = Vector.Max(Vector<double>.Zero, new Vector<double>(x.Square, i) - target * target) + new Vector<double>(setting.Noise);
            var local = rest + gap * gap - mu1 * new Vector<double>(x.Slope, i) * (2 * psi);
            var wrr = w * r * r;
            var train = wrr * local;
            sTest += w * local;
            sTrain += train;
            sField1 += train * square1;
            sField2 += train * square2;
            sum1 += w * square1;
            sum2 += w * square2;
            sumR1 += wrr * square1;
            sumR2 += wrr * square2;
        }
        var (a, b) = (setting.SamplesPerFeature, point.Bulk);
        var (field1, field2) = (a * Vector.Sum(sField1), a * Vector.Sum(sField2));
        var (right1, right2) = (field1 * b.M22 + field2 * b.M12 + b.B2.Form(thetaField, psiField), field1 * b.M12 + field2 * b.M02 + b.A2.Form(thetaField, psiField));
        var (k11, k22) = (1 - point.Kg11, 1 - point.Kg22);
        var determinant = k11 * k22 - point.Kg12 * point.Kg21;
        if (!(determinant > 0)) diagnostics = diagnostics.Warn("the equations for q1 and q2 are singular in double precision.") with { Status = SolverStatus.FloatingPointLimit };
        var (q1, q2) = ((k22 * right1 + point.Kg12 * right2) / determinant, (k11 * right2 + point.Kg21 * right1) / determinant);
        return new(
            TestError: Vector.Sum(sTest) + Vector.Sum(sum1) * q1 + Vector.Sum(sum2) * q2,
            TrainError: Vector.Sum(sTrain) + Vector.Sum(sumR1) * q1 + Vector.Sum(sumR2) * q2,
            q1, q2, m, theta, psi, point.V1, point.V2,
            Amplification: 1 / determinant,
            QuadratureError: 0,
            diagnostics);
    }
}
