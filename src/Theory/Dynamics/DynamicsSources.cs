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
}
