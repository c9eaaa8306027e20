using System.Collections.Immutable;
using Theory.Channels;
using Theory.Contract;
using Theory.Symbolics;

namespace Theory.Estimation;

/// <summary>Checks what both systems of Bayes-optimal estimation are given, and puts channel and signal together.</summary>
internal sealed class BayesOptimalProblem
{
    private BayesOptimalProblem(IOutputChannel channel, GaussianSignal signal) => (Channel, Signal, Curve) = (channel, signal, new(channel, signal));

    /// <summary>The channel; it holds buffers, so that whoever uses the problem locks it.</summary>
    public IOutputChannel Channel { get; }

    public GaussianSignal Signal { get; }

    public BayesOptimalCurve Curve { get; }

    public static BayesOptimalProblem Of(
        ScalarFunction? teacher, double inverseTemperature, double noise, double signal, ImmutableArray<double> eigenvalues, ImmutableArray<double> weights)
    {
        Tables.RequireLength(eigenvalues.Length, weights.Length, "atom_weights", "covariance_eigenvalues");
        if (eigenvalues.All(s => s == 0)) throw new InvalidInputException("covariance_eigenvalues", "covariance_eigenvalues must not all be 0");
        if (teacher is null && noise > 0)
            throw new InvalidInputException("noise", FormattableString.Invariant($"noise must be 0 with the teacher logit, whose randomness is its inverse_temperature; got {noise:R}"));
        var key = (inverseTemperature, noise, signal, string.Join(' ', eigenvalues), string.Join(' ', weights));
        var slot = teacher?.Memo(typeof(BayesOptimalProblem), _ => new Slot()) ?? new Slot();
        lock (slot)
        {
            if (slot.Problem is null || slot.Key != key) (slot.Key, slot.Problem) = (key, Create(teacher, inverseTemperature, noise, signal, eigenvalues, weights));
            return slot.Problem;
        }
    }

    private static BayesOptimalProblem Create(
        ScalarFunction? teacher, double inverseTemperature, double noise, double signal, ImmutableArray<double> eigenvalues, ImmutableArray<double> weights)
    {
        var source = new GaussianSignal(weights, eigenvalues, signal);
        try
        {
            return new(OutputChannels.Create(teacher, noise, inverseTemperature, source.Rho), source);
        }
        catch (Exception e) when (e is not InvalidInputException && e is ArgumentException or ArithmeticException)
        {
            throw new InvalidInputException("teacher", $"teacher: {e.Message}", e);
        }
    }

    /// <summary>The problem that a teacher was last used for: all α share its curve.</summary>
    private sealed class Slot
    {
        public (double, double, double, string, string) Key { get; set; }

        public BayesOptimalProblem? Problem { get; set; }
    }
}
