using Theory.Contract;

namespace Theory.Factorization;

/// <summary>Parameters and observables that several factorisation systems share, as seen from outside.</summary>
internal static class FactorizationInputs
{
    private static readonly string[] Starts = ["uninformative", "informative"];
    private static readonly string[] Units = ["absolute", "spectral"];
    private static readonly string[] Phases = ["impossible", "hard", "easy"];

    public static Parameter Start { get; } = new()
    {
        Name = "start",
        Symbol = "m₀",
        Meaning = "what state evolution and message passing start from: informative (the truth) or uninformative (nothing)",
        Shape = Shape.Text,
        Choices = Starts,
        Default = "uninformative",
        Example = "informative",
    };

    public static string Name(FactorizationStart start) => Starts[(int)start];

    public static FactorizationStart ToStart(Value value) => (FactorizationStart)Array.IndexOf(Starts, value.ToText());

    public static Parameter Unit { get; } = new()
    {
        Name = "unit",
        Symbol = "",
        Meaning = "what lambda is counted in: absolute (λ itself) or spectral (multiples of the spectral threshold, λ̃ = λ√α/k)",
        Shape = Shape.Text,
        Choices = Units,
        Default = "absolute",
        Example = "spectral",
    };

    public static string Name(SignalUnit unit) => Units[(int)unit];

    public static SignalUnit ToUnit(Value value) => (SignalUnit)Array.IndexOf(Units, value.ToText());

    public static Observable Phase { get; } = new()
    {
        Name = "phase",
        Symbol = "phase",
        Meaning = "impossible (nothing can be found), hard (message passing from nothing finds less than is possible) or easy (it finds all that is possible), whatever the start",
        Shape = Shape.Text,
    };

    public static string Name(RecoveryPhase phase) => Phases[(int)phase];

    public static Parameter Prior { get; } = new()
    {
        Name = "prior",
        Symbol = "P(x)",
        Meaning = "prior of x",
        Shape = Shape.Text,
        Choices = SpikePrior.Names,
        Example = "rademacher",
    };

    public static Parameter Sparsity { get; } = new()
    {
        Name = "sparsity",
        Symbol = "ρ",
        Meaning = "fraction of non-zero x, of the priors gauss-bernoulli, sparse-rademacher and bernoulli01",
        Range = new(0, false, 1, true),
        Default = Value.None,
        Example = 0.1,
    };

    public static Parameter P { get; } = new()
    {
        Name = "p",
        Symbol = "p",
        Meaning = "fraction of the first group, of the prior two-group",
        Range = ParameterRange.Between(0, 1),
        Default = Value.None,
        Example = 0.1,
    };

    public static Parameter Clusters { get; } = new()
    {
        Name = "clusters",
        Symbol = "k",
        Meaning = "number of clusters, of the prior potts-centred-onehot",
        Shape = Shape.Integer,
        Range = new(2, true, double.PositiveInfinity, false),
        Default = Value.None,
        Example = 3,
    };

    public static double? Optional(Value value, ParameterRange range, string name) => value is Value.Missing ? null : Guard.In(value.ToDouble(), range, name);

    public static int? OptionalCount(Value value, int least, string name) => value is Value.Missing ? null : Count(value, least, name);

    public static int Count(Value value, int least, string name) =>
        value.ToInt64() is var n && n >= least && n <= 1_000_000 ? (int)n : throw Guard.OutOfRange(name, n, $"must be in [{least}, 1000000]");
}
