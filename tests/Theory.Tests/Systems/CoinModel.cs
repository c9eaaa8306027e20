using Theory.Contract;
using Theory.Numerics.Sampling;

namespace Theory.Tests.Systems;

/// <summary>A system whose truth is known: d Gaussian numbers of mean μ are averaged; the experiment may be biased by a constant or by c/d.</summary>
public sealed record CoinModel : IModel<CoinModel, CoinPrediction>
{
    public double Mean { get; init => field = Guard.In(value, ParameterRange.Finite); }

    public double ConstantBias { get; init; }

    public double BiasOverSize { get; init; }

    public double AllowedConstant { get; init; }

    public int? OwnDimension { get; init; }

    public static SystemDefinition<CoinModel, CoinPrediction> System { get; } = Define(Standing.Theorem);

    public static SystemDefinition<CoinModel, CoinPrediction> Approximate { get; } = Define(Standing.Approximation);

    public static CoinPrediction Solve(CoinModel model, SolveOptions options) => new() { Average = model.Mean, Pair = [model.Mean, -model.Mean], Diagnostics = Diagnostics.ClosedForm };

    private static SystemDefinition<CoinModel, CoinPrediction> Define(Standing standing) => new()
    {
        Id = "coin",
        Title = "Averages",
        Summary = "Averages of Gaussian numbers.",
        Family = "none",
        Standing = standing,
        Sources = [new("Gauss1809", ["Gauss, Carl Friedrich"], "Theoria motus", 1809, null, null, "everything")],
        Template = new(),
        ParameterBindings =
        [
            new(new() { Name = "mean", Symbol = "μ", Meaning = "mean", Range = ParameterRange.Finite, Example = 1 }, m => m.Mean, (m, v) => m with { Mean = v.ToDouble() }),
            new(new() { Name = "constant_bias", Symbol = "b", Meaning = "bias", Default = 0, Example = 0 }, m => m.ConstantBias, (m, v) => m with { ConstantBias = v.ToDouble() }),
        ],
        ObservableBindings =
        [
            new(new() { Name = "average", Symbol = "a", Meaning = "average", IsMeasured = true }, p => p.Average),
            new(new() { Name = "pair", Symbol = "±a", Meaning = "average and its mirror image", Shape = Shape.Vector, IsMeasured = true }, p => Value.Vector(p.Pair)),
        ],
        Solve = Solve,
        Experiment = new()
        {
            Run = Run,
            Description = "averages d numbers",
            DefaultSize = 100,
            FiniteSizeConstant = (m, _, _) => m.AllowedConstant,
            FiniteSizeRemark = "as the test says",
            Dimension = m => m.OwnDimension,
        },
    };

    private static IReadOnlyDictionary<string, Value> Run(CoinModel model, int size, ulong seed)
    {
        var random = new RandomStream(seed);
        var sum = 0.0;
        for (var i = 0; i < size; i++) sum += random.NextGaussian();
        var average = sum / size + model.Mean + model.ConstantBias + model.BiasOverSize / size;
        return new Dictionary<string, Value> { ["average"] = average, ["pair"] = Value.Vector([average, -average]) };
    }
}

public sealed record CoinPrediction : IPrediction
{
    public required double Average { get; init; }

    public required double[] Pair { get; init; }

    public required Diagnostics Diagnostics { get; init; }
}
