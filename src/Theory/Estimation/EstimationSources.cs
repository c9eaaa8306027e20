using Theory.Contract;

namespace Theory.Estimation;

/// <summary>The publications that the estimation systems rest on.</summary>
internal static class EstimationSources
{
    public static Source Mixtures(string usage) => new(
        "LoureiroSicuroGerbelotPaccoKrzakalaZdeborova2021",
        ["Loureiro, Bruno", "Sicuro, Gabriele", "Gerbelot, Cédric", "Pacco, Alessandro", "Krzakala, Florent", "Zdeborová, Lenka"],
        "Learning Gaussian mixtures with generalised linear models: Precise asymptotics in high-dimensions",
        2021, "2106.03791", "Advances in Neural Information Processing Systems", usage);

    public static Source Universality(string usage) => new(
        "PesceKrzakalaLoureiroStephan2023",
        ["Pesce, Luca", "Krzakala, Florent", "Loureiro, Bruno", "Stephan, Ludovic"],
        "Are Gaussian data all you need? The extents and limits of universality in high-dimensional generalized linear estimation",
        2023, "2302.08923", "International Conference on Machine Learning", usage);

    public static Source Covariates(string usage) => new(
        "LoureiroGerbelotCuiGoldtKrzakalaMezardZdeborova2021",
        ["Loureiro, Bruno", "Gerbelot, Cédric", "Cui, Hugo", "Goldt, Sebastian", "Krzakala, Florent", "Mézard, Marc", "Zdeborová, Lenka"],
        "Learning curves of generic features maps for realistic datasets with a teacher-student model",
        2021, "2102.08127", "Advances in Neural Information Processing Systems", usage);

    public static Source Perceptrons(string usage) => new(
        "AubinKrzakalaLuZdeborova2020",
        ["Aubin, Benjamin", "Krzakala, Florent", "Lu, Yue M.", "Zdeborová, Lenka"],
        "Generalization error in high-dimensional perceptrons: Approaching Bayes error with convex optimization",
        2020, "2006.06560", "Advances in Neural Information Processing Systems", usage);

    public static Source BayesOptimal(string usage) => new(
        "BarbierKrzakalaMacrisMiolaneZdeborova2019",
        ["Barbier, Jean", "Krzakala, Florent", "Macris, Nicolas", "Miolane, Léo", "Zdeborová, Lenka"],
        "Optimal errors and phase transitions in high-dimensional generalized linear models",
        2019, "1708.03395", "Proceedings of the National Academy of Sciences", usage);

    public static Source Separability(string usage) => new(
        "CandesSur2020",
        ["Candès, Emmanuel J.", "Sur, Pragya"],
        "The phase transition for the existence of the maximum likelihood estimate in high-dimensional logistic regression",
        2020, "1804.09753", "The Annals of Statistics", usage);
}
