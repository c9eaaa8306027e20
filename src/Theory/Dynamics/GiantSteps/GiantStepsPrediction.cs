using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra.Double;
using Theory.Contract;

namespace Theory.Dynamics;

/// <summary>
/// Overlaps of one neuron along giant gradient steps [Dandi, Krzakala, Loureiro, Pesce &amp; Stephan 2023, arXiv:2305.18270]: the exact population gradient with
/// the mean effect of the sampling noise on the norm, and the leading covariance of the overlaps around it. Rows are t = 0 … T, columns the directions i.
/// </summary>
public sealed record GiantStepsPrediction : IPrediction
{
    /// <summary>Overlaps u_i(t) of the deterministic map.</summary>
    public required ImmutableArray<ImmutableArray<double>> Overlaps { get; init; }

    /// <summary>Standard deviations of the overlaps around <see cref="Overlaps"/>, of order 1/√n: noise of every batch so far, carried along by the map to first order.</summary>
    public required ImmutableArray<ImmutableArray<double>> NoiseFloor { get; init; }

    /// <summary>E u_i(t)² = overlap² + floor²: what an experiment measures without bias from the sign of the noise.</summary>
    public required ImmutableArray<ImmutableArray<double>> SquaredOverlaps { get; init; }

    /// <summary>E |u(t)|², the sum of the squared overlaps over directions, for t = 0 … T.</summary>
    public required ImmutableArray<double> SquaredNorm { get; init; }

    /// <inheritdoc/>
    public required Diagnostics Diagnostics { get; init; }

    /// <summary>Solves the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Not used: the map is iterated exactly.</param>
    /// <returns>The prediction.</returns>
    /// <exception cref="InvalidInputException">The initial overlaps do not fit the target, or the dimension is too small for it.</exception>
    /// <exception cref="ArgumentException">σ or σ′² is not square integrable under N(0, 1).</exception>
    /// <exception cref="UnsupportedException">The weight vanishes or overflows in a step, so that it cannot be normalised.</exception>
    public static GiantStepsPrediction Solve(GiantStepsModel model, SolveOptions? options = null)
    {
        var u = model.StartingPoint();
        var map = new GiantStepMap(model);
        var spread = new DenseMatrix(u.Length, u.Length);
        List<ImmutableArray<double>> overlaps = [[.. u]], floors = [[.. new double[u.Length]]];
        for (var t = 1; t <= model.Steps; t++)
        {
            (u, spread) = map.Step(u, spread);
            if (!u.All(double.IsFinite)) throw new UnsupportedException($"the weight vanishes or overflows in step {t} and cannot be normalised");
            overlaps.Add([.. u]);
            floors.Add([.. Enumerable.Range(0, u.Length).Select(i => Math.Sqrt(Math.Max(spread[i, i], 0)))]);
        }
        ImmutableArray<ImmutableArray<double>> squares = [.. overlaps.Zip(floors, (o, f) => o.Zip(f, (a, b) => a * a + b * b).ToImmutableArray())];
        return new()
        {
            Overlaps = [.. overlaps],
            NoiseFloor = [.. floors],
            SquaredOverlaps = squares,
            SquaredNorm = [.. squares.Select(row => row.Sum())],
            Diagnostics = Diagnostics.ClosedForm,
        };
    }
}
