using Theory.Contract;

namespace Theory.Dynamics;

/// <summary>The publications that the dynamical systems rest on.</summary>
internal static class DynamicsSources
{
    public static Source Dandi(string usage) => new(
        "DandiKrzakalaLoureiroPesceStephan2023",
        ["Dandi, Yatin", "Krzakala, Florent", "Loureiro, Bruno", "Pesce, Luca", "Stephan, Ludovic"],
        "How two-layer neural networks learn, one (giant) step at a time",
        2023, "2305.18270", null, usage);

    public static Source BatchSize(string usage) => new(
        "ArnaboldiDandiKrzakalaLoureiroPesceStephan2024",
        ["Arnaboldi, Luca", "Dandi, Yatin", "Krzakala, Florent", "Loureiro, Bruno", "Pesce, Luca", "Stephan, Ludovic"],
        "Online learning and information exponents: on the importance of batch size, and time/complexity tradeoffs",
        2024, "2406.02157", null, usage);

    public static Source Online(string usage) => new(
        "BenArousGheissariJagannath2021",
        ["Ben Arous, Gérard", "Gheissari, Reza", "Jagannath, Aukosh"],
        "Online stochastic gradient descent on non-convex losses from high-dimensional inference",
        2021, "2003.10409", null, usage);
}
