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

    public static Source SaadSolla(string usage) => new(
        "SaadSolla1995",
        ["Saad, David", "Solla, Sara A."],
        "On-line learning in soft committee machines",
        1995, null, "Physical Review E 52, 4225", usage);

    public static Source Goldt(string usage) => new(
        "GoldtAdvaniSaxeKrzakalaZdeborova2019",
        ["Goldt, Sebastian", "Advani, Madhu S.", "Saxe, Andrew M.", "Krzakala, Florent", "Zdeborová, Lenka"],
        "Dynamics of stochastic gradient descent for two-layer neural networks in the teacher-student setup",
        2019, "1906.08632", null, usage);

    public static Source ArnaboldiDimensionless(string usage) => new(
        "ArnaboldiStephanKrzakalaLoureiro2023",
        ["Arnaboldi, Luca", "Stephan, Ludovic", "Krzakala, Florent", "Loureiro, Bruno"],
        "From high-dimensional & mean-field dynamics to dimensionless ODEs: A unifying approach to SGD in two-layers networks",
        2023, "2302.05882", null, usage);

    public static Source ArnaboldiEscaping(string usage) => new(
        "ArnaboldiKrzakalaLoureiroStephan2023",
        ["Arnaboldi, Luca", "Krzakala, Florent", "Loureiro, Bruno", "Stephan, Ludovic"],
        "Escaping mediocrity: how two-layer networks learn hard generalized linear models with SGD",
        2023, "2305.18502", null, usage);

    public static Source ArnaboldiRepetita(string usage) => new(
        "ArnaboldiDandiKrzakalaPesceStephan2024",
        ["Arnaboldi, Luca", "Dandi, Yatin", "Krzakala, Florent", "Pesce, Luca", "Stephan, Ludovic"],
        "Repetita Iuvant: Data Repetition Allows SGD to Learn High-Dimensional Multi-Index Functions",
        2024, "2405.15459", null, usage);

    public static Source Veiga(string usage) => new(
        "VeigaStephanLoureiroKrzakalaZdeborova2022",
        ["Veiga, Rodrigo", "Stephan, Ludovic", "Loureiro, Bruno", "Krzakala, Florent", "Zdeborová, Lenka"],
        "Phase diagram of Stochastic Gradient Descent in high-dimensional two-layer neural networks",
        2022, "2202.00293", null, usage);

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
