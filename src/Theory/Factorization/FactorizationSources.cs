using Theory.Contract;

namespace Theory.Factorization;

/// <summary>The publications that the factorisation systems rest on.</summary>
internal static class FactorizationSources
{
    public static Source SubspaceClustering(string usage) => new(
        "PesceLoureiroKrzakalaZdeborova2022",
        ["Pesce, Luca", "Loureiro, Bruno", "Krzakala, Florent", "Zdeborová, Lenka"],
        "Subspace clustering in high-dimensions: Phase transitions & Statistical-to-Computational gap",
        2022, "2205.13527", "Advances in Neural Information Processing Systems", usage);

    public static Source ConstrainedEstimation(string usage) => new(
        "LesieurKrzakalaZdeborova2017",
        ["Lesieur, Thibault", "Krzakala, Florent", "Zdeborová, Lenka"],
        "Constrained low-rank matrix estimation: phase transitions, approximate message passing and applications",
        2017, "1701.00858", "Journal of Statistical Mechanics: Theory and Experiment", usage);

    public static Source MixtureClustering(string usage) => new(
        "LesieurDeBaccoBanksKrzakalaMooreZdeborova2016",
        ["Lesieur, Thibault", "De Bacco, Caterina", "Banks, Jess", "Krzakala, Florent", "Moore, Cristopher", "Zdeborová, Lenka"],
        "Phase transitions and optimal algorithms in high-dimensional Gaussian mixture clustering",
        2016, "1610.02918", null, usage);

    public static Source RankOneInformation(string usage) => new(
        "BarbierDiaMacrisKrzakalaLesieurZdeborova2016",
        ["Barbier, Jean", "Dia, Mohamad", "Macris, Nicolas", "Krzakala, Florent", "Lesieur, Thibault", "Zdeborová, Lenka"],
        "Mutual information for symmetric rank-one matrix estimation: A proof of the replica formula",
        2016, "1606.04142", "Advances in Neural Information Processing Systems", usage);

    public static Source MessagePassing(string usage) => new(
        "DonohoMalekiMontanari2009",
        ["Donoho, David L.", "Maleki, Arian", "Montanari, Andrea"],
        "Message passing algorithms for compressed sensing",
        2009, "0907.3574", "Proceedings of the National Academy of Sciences", usage);

    public static Source LassoRisk(string usage) => new(
        "BayatiMontanari2012",
        ["Bayati, Mohsen", "Montanari, Andrea"],
        "The LASSO risk for Gaussian matrices",
        2012, "1008.2581", "IEEE Transactions on Information Theory", usage);

    public static Source SingularVectors(string usage) => new(
        "BenaychGeorgesNadakuditi2012",
        ["Benaych-Georges, Florent", "Nadakuditi, Raj Rao"],
        "The singular values and vectors of low rank perturbations of large rectangular random matrices",
        2012, "1103.2221", "Journal of Multivariate Analysis", usage);

    public static Source CountingFaces(string usage) => new(
        "DonohoTanner2009",
        ["Donoho, David L.", "Tanner, Jared"],
        "Counting faces of randomly-projected polytopes when the projection radically lowers dimension",
        2009, "math/0607364", "Journal of the American Mathematical Society", usage);
}
