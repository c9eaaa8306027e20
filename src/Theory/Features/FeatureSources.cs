using Theory.Contract;

namespace Theory.Features;

/// <summary>The publications that the feature systems rest on.</summary>
internal static class FeatureSources
{
    public static Source MeiMontanari(string usage) => new(
        "MeiMontanari2022",
        ["Mei, Song", "Montanari, Andrea"],
        "The generalization error of random features regression: Precise asymptotics and the double descent curve",
        2022, "1908.05355", "Communications on Pure and Applied Mathematics", usage);

    public static Source Gerace(string usage) => new(
        "GeraceLoureiroKrzakalaMezardZdeborova2020",
        ["Gerace, Federica", "Loureiro, Bruno", "Krzakala, Florent", "Mézard, Marc", "Zdeborová, Lenka"],
        "Generalisation error in learning with random features and the hidden manifold model",
        2020, "2002.09339", "International Conference on Machine Learning", usage);

    public static Source Goldt(string usage) => new(
        "GoldtMezardKrzakalaZdeborova2020",
        ["Goldt, Sebastian", "Mézard, Marc", "Krzakala, Florent", "Zdeborová, Lenka"],
        "Modeling the influence of data structure on learning in neural networks: The hidden manifold model",
        2020, "1909.11500", "Physical Review X", usage);

    public static Source Hastie(string usage) => new(
        "HastieMontanariRossetTibshirani2022",
        ["Hastie, Trevor", "Montanari, Andrea", "Rosset, Saharon", "Tibshirani, Ryan J."],
        "Surprises in high-dimensional ridgeless least squares interpolation",
        2022, "1903.08560", "The Annals of Statistics", usage);

    public static Source Cui(string usage) => new(
        "CuiPesceDandiKrzakalaLuZdeborovaLoureiro2024",
        ["Cui, Hugo", "Pesce, Luca", "Dandi, Yatin", "Krzakala, Florent", "Lu, Yue M.", "Zdeborová, Lenka", "Loureiro, Bruno"],
        "Asymptotics of feature learning in two-layer networks after one gradient-step",
        2024, "2402.04980", "International Conference on Machine Learning", usage);

    public static Source Ba(string usage) => new(
        "BaErdogduSuzukiWangWuYang2022",
        ["Ba, Jimmy", "Erdogdu, Murat A.", "Suzuki, Taiji", "Wang, Zhichao", "Wu, Denny", "Yang, Greg"],
        "High-dimensional asymptotics of feature learning: How one gradient step improves the representation",
        2022, "2205.01445", "Advances in Neural Information Processing Systems", usage);

    public static Source DandiTwoLayer(string usage) => new(
        "DandiKrzakalaLoureiroPesceStephan2023",
        ["Dandi, Yatin", "Krzakala, Florent", "Loureiro, Bruno", "Pesce, Luca", "Stephan, Ludovic"],
        "How two-layer neural networks learn, one (giant) step at a time",
        2023, "2305.18270", "Journal of Machine Learning Research", usage);

    public static Source DandiSpikes(string usage) => new(
        "DandiPesceCuiKrzakalaLuLoureiro2024",
        ["Dandi, Yatin", "Pesce, Luca", "Cui, Hugo", "Krzakala, Florent", "Lu, Yue M.", "Loureiro, Bruno"],
        "A random matrix theory perspective on the spectrum of learned features and asymptotic generalization capabilities",
        2024, "2410.18938", null, usage);

    public static Source PenningtonWorah(string usage) => new(
        "PenningtonWorah2017",
        ["Pennington, Jeffrey", "Worah, Pratik"],
        "Nonlinear random matrix theory for deep learning",
        2017, null, "Advances in Neural Information Processing Systems", usage);

    public static Source BenigniPeche(string usage) => new(
        "BenigniPeche2021",
        ["Benigni, Lucas", "Péché, Sandrine"],
        "Eigenvalue distribution of some nonlinear models of random matrices",
        2021, "1904.03090", "Electronic Journal of Probability", usage);

    public static Source BenaychGeorgesNadakuditi(string usage) => new(
        "BenaychGeorgesNadakuditi2012",
        ["Benaych-Georges, Florent", "Nadakuditi, Raj Rao"],
        "The singular values and vectors of low rank perturbations of large rectangular random matrices",
        2012, "1103.2221", "Journal of Multivariate Analysis", usage);

    public static Source Loureiro(string usage) => new(
        "LoureiroGerbelotCuiGoldtKrzakalaMezardZdeborova2021",
        ["Loureiro, Bruno", "Gerbelot, Cédric", "Cui, Hugo", "Goldt, Sebastian", "Krzakala, Florent", "Mézard, Marc", "Zdeborová, Lenka"],
        "Learning curves of generic features maps for realistic datasets with a teacher-student model",
        2021, "2102.08127", "Advances in Neural Information Processing Systems", usage);
}
