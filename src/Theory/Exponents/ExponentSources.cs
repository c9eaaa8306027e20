using Theory.Contract;

namespace Theory.Exponents;

/// <summary>The publications that exponents and weak-recovery thresholds rest on.</summary>
internal static class ExponentSources
{
    public static Source BenArous(string usage) => new(
        "BenArousGheissariJagannath2021",
        ["Ben Arous, Gérard", "Gheissari, Reza", "Jagannath, Aukosh"],
        "Online stochastic gradient descent on non-convex losses from high-dimensional inference",
        2021, "2003.10397", "Journal of Machine Learning Research", usage);

    public static Source MergedStaircase(string usage) => new(
        "AbbeBoixAdseraMisiakiewicz2022",
        ["Abbe, Emmanuel", "Boix-Adsera, Enric", "Misiakiewicz, Theodor"],
        "The merged-staircase property: a necessary and nearly sufficient condition for SGD learning of sparse functions on two-layer neural networks",
        2022, "2202.08658", "Conference on Learning Theory", usage);

    public static Source Leap(string usage) => new(
        "AbbeBoixAdseraMisiakiewicz2023",
        ["Abbe, Emmanuel", "Boix-Adsera, Enric", "Misiakiewicz, Theodor"],
        "SGD learning on neural networks: leap complexity and saddle-to-saddle dynamics",
        2023, "2302.11055", "Conference on Learning Theory", usage);

    public static Source GradientFlow(string usage) => new(
        "BiettiBrunaPillaudVivien2023",
        ["Bietti, Alberto", "Bruna, Joan", "Pillaud-Vivien, Loucas"],
        "On learning Gaussian multi-index models with gradient flow",
        2023, "2310.19793", null, usage);

    public static Source GiantSteps(string usage) => new(
        "DandiKrzakalaLoureiroPesceStephan2023",
        ["Dandi, Yatin", "Krzakala, Florent", "Loureiro, Bruno", "Pesce, Luca", "Stephan, Ludovic"],
        "How two-layer neural networks learn, one (giant) step at a time",
        2023, "2305.18270", "Journal of Machine Learning Research", usage);

    public static Source BatchReuse(string usage) => new(
        "DandiTroianiArnaboldiPesceZdeborovaKrzakala2024",
        ["Dandi, Yatin", "Troiani, Emanuele", "Arnaboldi, Luca", "Pesce, Luca", "Zdeborová, Lenka", "Krzakala, Florent"],
        "The benefits of reusing batches for gradient descent in two-layer networks: Breaking the curse of information and leap exponents",
        2024, "2402.03220", "International Conference on Machine Learning", usage);

    public static Source Repetition(string usage) => new(
        "ArnaboldiDandiKrzakalaPesceStephan2024",
        ["Arnaboldi, Luca", "Dandi, Yatin", "Krzakala, Florent", "Pesce, Luca", "Stephan, Ludovic"],
        "Repetita iuvant: Data repetition allows SGD to learn high-dimensional multi-index functions",
        2024, "2405.15459", null, usage);

    public static Source GenerativeExponent(string usage) => new(
        "DamianPillaudVivienLeeBruna2024",
        ["Damian, Alex", "Pillaud-Vivien, Loucas", "Lee, Jason D.", "Bruna, Joan"],
        "Computational-statistical gaps in Gaussian single-index models",
        2024, "2403.05529", "Conference on Learning Theory", usage);

    public static Source GenerativeLeap(string usage) => new(
        "DamianLeeBruna2025",
        ["Damian, Alex", "Lee, Jason D.", "Bruna, Joan"],
        "The generative leap: Sharp sample complexity for efficiently learning Gaussian multi-index models",
        2025, "2506.05500", null, usage);

    public static Source WeakLearnability(string usage) => new(
        "TroianiDandiDefilippisZdeborovaLoureiroKrzakala2024",
        ["Troiani, Emanuele", "Dandi, Yatin", "Defilippis, Leonardo", "Zdeborová, Lenka", "Loureiro, Bruno", "Krzakala, Florent"],
        "Fundamental computational limits of weak learnability in high-dimensional multi-index models",
        2024, "2405.15480", null, usage);

    public static Source WeakRecovery(string usage) => new(
        "MondelliMontanari2019",
        ["Mondelli, Marco", "Montanari, Andrea"],
        "Fundamental limits of weak recovery with applications to phase retrieval",
        2019, "1708.05932", "Foundations of Computational Mathematics", usage);

    public static Source OptimalErrors(string usage) => new(
        "BarbierKrzakalaMacrisMiolaneZdeborova2019",
        ["Barbier, Jean", "Krzakala, Florent", "Macris, Nicolas", "Miolane, Léo", "Zdeborová, Lenka"],
        "Optimal errors and phase transitions in high-dimensional generalized linear models",
        2019, "1708.03395", "Proceedings of the National Academy of Sciences", usage);

    public static Source SpectralInitialization(string usage) => new(
        "LuLi2020",
        ["Lu, Yue M.", "Li, Gen"],
        "Phase transitions of spectral initialization for high-dimensional non-convex estimation",
        2020, "1702.06435", "Information and Inference: A Journal of the IMA", usage);
}
