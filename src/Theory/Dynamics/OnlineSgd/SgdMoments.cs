using Theory.Contract;

namespace Theory.Dynamics;

/// <summary>
/// The Gaussian moments that drive one-pass SGD, at any overlaps Ω. With the error e = g(s) − f(l), or e = g(s) for the correlation loss:
/// F_jr = a_j E[σ′(l_j) e s_r], G_jb = a_j E[σ′(l_j) e l_b], H_jb = a_j a_b E[σ′(l_j) σ′(l_b) (e² + Δ)], and the risk R = ½ E(g(s) − f(l))².
/// Closed forms for erf, exact sums for polynomials, else cubature split at kinks with an error estimate. Evaluation allocates nothing; an instance serves one thread.
/// </summary>
/// <remarks>Sources: Saad and Solla 1995, Phys. Rev. E 52, 4225; Goldt, Advani, Saxe, Krzakala and Zdeborová 2019, arXiv:1906.08632; Arnaboldi et al. 2023, arXiv:2302.05882.</remarks>
public sealed class SgdMoments
{
    private readonly IMomentRule rule;
    private readonly MomentValues values;
    private readonly MomentValues shifted;
    private readonly double[] scaled;
    private readonly double[] radial;
    private bool isRefined;

    private SgdMoments(SgdTask task, IMomentRule rule, double tolerance)
    {
        (Task, this.rule, Tolerance) = (task, rule, tolerance);
        values = new(task.Width, task.Teachers);
        shifted = new(task.Width, task.Teachers);
        scaled = new double[task.Fields * task.Fields];
        radial = new double[task.Width * task.Width];
    }

    /// <summary>The task.</summary>
    public SgdTask Task { get; }

    /// <summary>Requested error relative to the largest entry of each kind of moment.</summary>
    public double Tolerance { get; }

    /// <summary>Whether the moments are exact up to rounding.</summary>
    public bool IsExact => rule.IsExact;

    /// <summary>What computes them.</summary>
    internal IMomentRule Rule => rule;

    /// <summary>How they are computed.</summary>
    public string Method => rule.Name;

    /// <summary>F, p × k, row by row.</summary>
    public ReadOnlySpan<double> F => values.F;

    /// <summary>G, p × p, row by row; row j is the neuron that carries σ′. Not symmetric.</summary>
    public ReadOnlySpan<double> G => values.G;

    /// <summary>H, p × p, row by row; symmetric and positive semi-definite.</summary>
    public ReadOnlySpan<double> H => values.H;

    /// <summary>The risk R = ½ E(g(s) − f(l))², noise-free and with the students, whatever the loss.</summary>
    public double Risk => values.Risk;

    /// <summary>Estimated relative error when the accuracy was last chosen or checked; 0 for exact rules.</summary>
    public double Error { get; private set; }

    /// <summary>Prepares the moments of a task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="tolerance">Requested relative error, in (0, 1); rounding makes less than 1e-13 unreachable.</param>
    /// <returns>The moments, to be evaluated.</returns>
    /// <exception cref="InvalidInputException">The parts of the task do not fit together.</exception>
    /// <exception cref="UnsupportedException">There are more fields than cubature can do, and no closed form.</exception>
    public static SgdMoments Of(SgdTask task, double tolerance = 1e-10)
    {
        Guard.NotNull(task, nameof(task));
        Guard.In(tolerance, ParameterRange.Between(0, 1), nameof(tolerance));
        task.Check();
        return new(task, MomentRules.For(task), tolerance);
    }

    internal static SgdMoments Of(SgdTask task, IMomentRule rule, double tolerance) => new(task, rule, tolerance);

    /// <summary>Computes the moments; the first time with a choice of the accuracy, which is then kept (see <see cref="Refine"/>).</summary>
    /// <param name="omega">Ω, (p + k) × (p + k), row by row, students first; symmetric and positive semi-definite.</param>
    /// <exception cref="ArgumentException">The length is not (p + k)².</exception>
    public void Evaluate(ReadOnlySpan<double> omega)
    {
        RequireSize(omega);
        if (!isRefined)
        {
            Refine(omega);
            return;
        }

        rule.Evaluate(omega, values);
    }

    /// <summary>Computes the moments, chooses the accuracy anew so that it meets the tolerance here, and estimates the error.</summary>
    /// <param name="omega">Ω, as for <see cref="Evaluate"/>.</param>
    /// <returns>The estimated relative error; above <see cref="Tolerance"/> if the budget did not suffice.</returns>
    /// <exception cref="ArgumentException">The length is not (p + k)².</exception>
    public double Refine(ReadOnlySpan<double> omega)
    {
        RequireSize(omega);
        isRefined = true;
        return Error = rule.Refine(omega, Tolerance, values);
    }

    /// <summary>
    /// The variance term of one step at finite dimension, (d − r) H + H2 with H2_jb = a_j a_b E[σ′(l_j) σ′(l_b) (e² + Δ) xᵀΩ⁺x] and r the rank of Ω:
    /// it equals d H + 2 ∂_s H(sΩ) at s = 1. The derivative is a central difference of fourth order, with a relative error of about 1e-12 besides that of H.
    /// </summary>
    /// <param name="omega">Ω, as for <see cref="Evaluate"/>; its moments are computed too.</param>
    /// <param name="dimension">d.</param>
    /// <param name="variance">Receives the term, p × p, row by row.</param>
    public void EvaluateVariance(ReadOnlySpan<double> omega, double dimension, Span<double> variance)
    {
        const double Step = 2e-3;
        Evaluate(omega);
        Array.Clear(radial);
        foreach (var (offset, weight) in (ReadOnlySpan<(int, double)>)[(-2, 1.0 / 12), (-1, -2.0 / 3), (1, 2.0 / 3), (2, -1.0 / 12)])
        {
            System.Numerics.Tensors.TensorPrimitives.Multiply(omega, 1 + offset * Step, scaled);
            rule.Evaluate(scaled, shifted);
            System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(shifted.H, weight / Step, radial, radial);
        }

        for (var i = 0; i < radial.Length; i++) variance[i] = dimension * values.H[i] + 2 * radial[i];
    }

    private void RequireSize(ReadOnlySpan<double> omega)
    {
        var n = Task.Fields;
        if (omega.Length != n * n) throw new ArgumentException($"omega must have {n} × {n} numbers; got {omega.Length}", nameof(omega));
    }
}
