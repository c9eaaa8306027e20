using FsCheck;
using FsCheck.Xunit;
using Theory.Symbolics.Exact;

namespace Theory.Tests.Symbolics.Exact;

[Properties(Arbitrary = [typeof(Generators)])]
public class EnclosureTests
{
    /// <summary>Names, arguments, and values to 100 digits from an independent multiprecision library (mpmath 1.3).</summary>
    public static TheoryData<string, string, string> HighPrecisionValues => new()
    {
        { "exp", "1/7", "1.1535649948951077534613396244718624419956877327396609515388010824768403702721068430359913621823586086741271266" },
        { "exp", "-1/8", "0.88249690258459540286489214322905073622200482499065074177030931920810929521130873009935514732994343864532351502" },
        { "exp", "-18", "0.000000015229979744712628436136629233517431862174843339742311728321074868454934748789412027042984424792924209142929632" },
        { "exp", "3", "20.085536923187667740928529654581717896987907838554150144378934229698845878091973731204497160253017702153607616" },
        { "exp", "-200", "1.3838965267367375306486814569790846854030475823394772093939253531124360304509929878087989822870270409471498918e-87" },
        { "ln", "2", "0.69314718055994530941723212145817656807550013436025525412068000949339362196969471560586332699641868754200148102" },
        { "ln", "3/10", "-1.2039728043259359926227462177618385029536109308060235242986335673300783164587435133623814502758662095539977550" },
        { "ln", "7", "1.9459101490553133051053527434431797296370847295818611884593901499375798627520692677876584985878715269930616942" },
        { "ln", "1000003", "13.815513557959774113107928478154785124106921359523943614622633950481092670138053471844229032436388113221249086" },
        { "sqrt", "2", "1.4142135623730950488016887242096980785696718753769480731766797379907324784621070388503875343276415727350138462" },
        { "sqrt", "1/3", "0.57735026918962576450914878050195745564760175127012687601860232648397767230293334569371539558574952522520871381" },
        { "sqrt", "1000001", "1000.0004999998750000624999609375273437294922036132681579698943999061664562155263485912029229154334172164852914" },
        { "sin", "1/3", "0.32719469679615224417334408526762060606430140689375979159005627707057637448176152339691079390756936098215402681" },
        { "sin", "-5/2", "-0.59847214410395649405185470218616227170359717157722357330262703263874427219273707504021147151387635074633324297" },
        { "sin", "1000", "0.82687954053200256025588742910921814121272496784778832090812327581949288116500243303642419607294498985504149107" },
        { "cos", "1/3", "0.94495694631473766438828400767588060784585269956514073767764573375009956219650036482442815880569855659270550490" },
        { "cos", "22/7", "-0.99999920053355290326833573965657495157582882066109649067554348144800286385676065517463274039811326442955727084" },
        { "cos", "-1000", "0.56237907629070299107824922660539596875581182173819691770282518584573362963243802432255301852081714937485121547" },
        { "atan", "1/2", "0.46364760900080611621425623146121440202853705428612026381093308872019786416574170530060028398488789255652985225" },
        { "atan", "-3", "-1.2490457723982544258299170772810901230778294041298967190546692367971519657372939549576089903204171595520668739" },
        { "atan", "100", "1.5607966601082313810249815754304718935372153471431762708595328779574516499390457193345707674843844435743660620" },
        { "tail", "1/2", "0.30853753872598689636229538939166226011639782444542206317922385732084420459372045597475893995375508009503513602" },
        { "tail", "1", "0.15865525393145705141476745436796207752208703327339560901260554975700855801279517049911508159436067247172731241" },
        { "tail", "-3/2", "0.93319279873114193399550595902011392047710481433877855759371226566711113218587233902526491483606287276735274133" },
        { "tail", "6", "0.00000000098658764503769814070086413239804201866979124997902872247701521617546567424291416840120352681505517521594897084" },
        { "tail", "12", "0.0000000000000000000000000000000017764821120776789976961710018455570923926664341789531850386611733494443683800144494203305460665582510998913226" },
        { "tail", "30", "4.9067139271481870595338092565801904719969849413925105900632341142632301103086401692910281895668052346674624403e-198" },
        { "erf", "1/2", "0.52049987781304653768274665389196452873645157575796370005880572564719352171685357091478821873478775703296612439" },
        { "erf", "-2", "-0.99532226501895273416206925636725292861089179704006007673835232620043728071999517736762900801968068048793932872" },
        { "erf", "5", "0.99999999999846254020557196514981165651461662110988194968527662006931208594407960863544130853528185614053581123" },
        { "pi", "0", "3.1415926535897932384626433832795028841971693993751058209749445923078164062862089986280348253421170679821480865" },
        { "euler", "0", "0.57721566490153286060651209008240243104215933593992359880576723488486772677766467093694706329174674951463144725" },
        { "gamma1/4", "0", "3.6256099082219083119306851558676720029951676828800654674333779995699192435387291216183601367233843003614717514" },
        { "gamma5/6", "0", "1.1287870299081259612609010902588420133267874416647554517520835143337705109875039870554009044384097574651414896" },
    };

    [Theory]
    [MemberData(nameof(HighPrecisionValues))]
    public void Balls_contain_values_known_to_a_hundred_digits_and_are_tight(string function, string argument, string value)
    {
        foreach (int precision in (int[])[53, 96, 200, 300])
        {
            Enclosure ball = Evaluate(function, Enclosure.Of(BigRational.Parse(argument), precision + 32), precision).Round(precision);
            Assert.True(ball.Contains(BigRational.Parse(value)), $"{function}({argument}) at {precision} bits: {ball}");
            Assert.True(ball.AccurateBits > precision - 12, $"{function}({argument}) at {precision} bits: {ball.AccurateBits} accurate bits");
        }
    }

    [Property]
    public bool A_ball_at_low_precision_overlaps_the_ball_at_high_precision(int seed)
    {
        var random = new Random(seed);
        string function = Functions[random.Next(Functions.Length)];
        BigRational argument = new(random.Next(1, 4000), random.Next(1, 400));
        if (random.Next(2) == 0 && function is not ("ln" or "sqrt"))
            argument = -argument;
        int precision = random.Next(20, 400);
        Enclosure coarse = Evaluate(function, Enclosure.Of(argument, precision), precision);
        Enclosure fine = Evaluate(function, Enclosure.Of(argument, 3 * precision + 100), 3 * precision + 100);
        return (coarse - fine).ContainsZero;
    }

    [Property]
    public bool A_wide_ball_contains_the_value_at_every_point_of_it(int seed)
    {
        var random = new Random(seed);
        string function = Functions[random.Next(Functions.Length)];
        BigRational low = new(random.Next(1, 2000), 300), high = low + new BigRational(random.Next(1, 500), 700);
        BigRational inside = low + ((high - low) * new BigRational(random.Next(0, 101), 100));
        Enclosure wide = Evaluate(function, Enclosure.Hull(Enclosure.Of(low, 80), Enclosure.Of(high, 80)), 80);
        Enclosure narrow = Evaluate(function, Enclosure.Of(inside, 200), 200);
        return (wide - narrow).ContainsZero;
    }

    [Property]
    public bool Arithmetic_encloses_the_exact_result(BigRational a, BigRational b, PositiveInt precision)
    {
        int bits = 2 + (precision.Get % 200);
        (Enclosure x, Enclosure y) = (Enclosure.Of(a, bits), Enclosure.Of(b, bits));
        return (x + y).Contains(a + b) && (x - y).Contains(a - b) && (x * y).Contains(a * b)
            && (y.ContainsZero || (x / y).Contains(a / b)) && Enclosure.Pow(x, 3).Contains(a * a * a);
    }

    [Fact]
    public void Tiny_summands_widen_the_ball_but_are_not_forgotten()
    {
        Enclosure sum = Enclosure.Of(1, 64) + Enclosure.Exp(Enclosure.Of(-1_000_000, 64));
        Assert.True(sum.Contains(1));
        Assert.Equal(1, (sum - Enclosure.Of(new BigRational(1, 2), 64)).CertainSign);
    }

    [Fact]
    public void Exponents_beyond_the_range_are_refused_by_name() =>
        Assert.Throws<OverflowException>(() => Enclosure.Exp(Enclosure.Of(BigRational.Parse("1e12"), 64)));

    private static readonly string[] Functions = ["exp", "ln", "sqrt", "sin", "cos", "atan", "tail", "erf"];

    private static Enclosure Evaluate(string function, Enclosure x, int precision) => function switch
    {
        "exp" => Enclosure.Exp(x),
        "ln" => Enclosure.Ln(x),
        "sqrt" => Enclosure.Sqrt(x),
        "sin" => Enclosure.Sin(x),
        "cos" => Enclosure.Cos(x),
        "atan" => Enclosure.Atan(x),
        "tail" => Enclosure.UpperTail(x),
        "erf" => Enclosure.Erf(x),
        "pi" => Enclosure.Pi(precision),
        "euler" => Enclosure.EulerGamma(precision),
        "gamma1/4" => Enclosure.Gamma(new BigRational(1, 4), precision),
        _ => Enclosure.Gamma(new BigRational(5, 6), precision),
    };
}
