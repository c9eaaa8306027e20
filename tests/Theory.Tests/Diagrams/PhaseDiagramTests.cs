using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Theory.Contract;
using Theory.Factorization;
using Theory.Systems;
using Theory.Systems.Diagrams;

namespace Theory.Tests.Diagrams;

/// <summary>An ellipse in the plane of two inputs, somewhere in the unit square.</summary>
public sealed record Ellipse(double X, double Y, double A, double B)
{
    public double At(double x, double y) => Math.Pow((x - X) / A, 2) + Math.Pow((y - Y) / B, 2);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"((alpha - {X:R})/{A:R})^2 + ((noise - {Y:R})/{B:R})^2");
}

public static class Ellipses
{
    public static Arbitrary<Ellipse> All() => (
        from x in Gen.Choose(200, 800)
        from y in Gen.Choose(200, 800)
        from a in Gen.Choose(100, 900)
        from b in Gen.Choose(100, 900)
        select new Ellipse(1 + x / 1000.0, y / 1000.0, a / 1000.0, b / 1000.0)).ToArbitrary();
}

[Properties(Arbitrary = [typeof(Ellipses)], MaxTest = 20)]
public class PhaseDiagramTests
{
    private static readonly (DiagramAxis X, DiagramAxis Y) Square = (new("alpha", 1, 2), new("noise", 0, 1));

    [Property]
    public void Boundaries_lie_on_the_curve_that_divides_the_plane(Ellipse ellipse)
    {
        var diagram = PhaseDiagram.Compute(Ridge($"{ellipse} < 1"));
        // Some ellipses hold the whole square: its corners are farthest out.
        Assert.Equal(new[] { ellipse.At(1, 0), ellipse.At(1, 1), ellipse.At(2, 0), ellipse.At(2, 1) }.Any(c => c >= 1), diagram.Boundaries.Length > 0);
        foreach (var point in diagram.Boundaries.SelectMany(b => b.Points))
            Assert.Equal(1, ellipse.At(point.X, point.Y), 3e-6 * 4 / Math.Min(ellipse.A, ellipse.B));
    }

    [Property]
    public void Cells_cover_the_plane_once_and_have_the_class_of_their_points(Ellipse ellipse)
    {
        var plan = Ridge($"in: {ellipse} < 1; out");
        var diagram = PhaseDiagram.Compute(plan);
        Assert.Equal(1, diagram.Cells.Sum(c => (c.High.X - c.Low.X) * (c.High.Y - c.Low.Y)), 1e-9);
        Assert.Equal(1, diagram.Shares.Sum(s => s.Value), 1e-12);
        var finest = 1.0 / plan.FinestCells;
        foreach (var cell in diagram.Cells)
        {
            var corners = new[] { ellipse.At(cell.Low.X, cell.Low.Y), ellipse.At(cell.High.X, cell.Low.Y), ellipse.At(cell.Low.X, cell.High.Y), ellipse.At(cell.High.X, cell.High.Y) };
            Assert.Equal(corners[0] < 1 ? "in" : "out", cell.Class);
            // A cell with two classes at its corners is among the finest.
            if (corners.Any(c => c < 1) && corners.Any(c => c >= 1)) Assert.Equal(finest, cell.High.X - cell.Low.X, 1e-9);
        }

        Assert.Equal(Math.PI * ellipse.A * ellipse.B > 0 ? "in" : "", diagram.ClassAt(ellipse.X, ellipse.Y));
        // Much less work than the finest lattice.
        Assert.True(diagram.Points.RowCount < 0.35 * plan.FinestCells * plan.FinestCells, $"{diagram.Points.RowCount} points");
    }

    [Fact]
    public void A_region_inside_has_one_closed_boundary()
    {
        var circle = new Ellipse(1.45, 0.52, 0.31, 0.31);
        var boundary = Assert.Single(PhaseDiagram.Compute(Ridge($"{circle} < 1")).Boundaries);
        Assert.True(boundary.IsClosed);
        Assert.Equal(boundary.Points[0], boundary.Points[^1]);
        var length = boundary.Points.Zip(boundary.Points.Skip(1), (p, q) => Math.Sqrt(Math.Pow(p.X - q.X, 2) + Math.Pow(p.Y - q.Y, 2))).Sum();
        Assert.Equal(2 * Math.PI * 0.31, length, 1e-3);
        // Shoelace formula.
        var area = boundary.Points.Zip(boundary.Points.Skip(1), (p, q) => p.X * q.Y - q.X * p.Y).Sum() / 2;
        Assert.Equal(Math.PI * 0.31 * 0.31, Math.Abs(area), 1e-4);
    }

    [Fact]
    public void A_region_smaller_than_a_cell_next_to_its_neighbour_is_followed_out_of_it()
    {
        // The thin arm enters cells whose corners are all outside.
        var diagram = PhaseDiagram.Compute(Ridge("arm: abs(noise - 0.5 - 0.03*sin(9*alpha)) < 0.004; outside") with { Cells = 8, Levels = 6 });
        Assert.Equal(2, diagram.Boundaries.Length);
        Assert.All(diagram.Boundaries, b => Assert.Equal((1, 2), (b.Points.Min(p => p.X), b.Points.Max(p => p.X))));
    }

    [Fact]
    public void Three_classes_meet_in_a_point()
    {
        var diagram = PhaseDiagram.Compute(Ridge("low: noise < 0.31; left: alpha < 1.57 + 0.1*noise; right"));
        Assert.Equal([("left", "low"), ("left", "right"), ("low", "right")], diagram.Boundaries.Select(b => (b.First, b.Second)));
        foreach (var boundary in diagram.Boundaries)
        {
            var gap = new[] { boundary.Points[0], boundary.Points[^1] }.Min(p => Math.Abs(p.X - 1.601) + Math.Abs(p.Y - 0.31));
            Assert.True(gap < 1e-5, $"{boundary.First} and {boundary.Second} end at a distance of {gap}");
        }
    }

    [Fact]
    public void The_gap_of_the_Marchenko_Pastur_law_of_two_atoms_opens_on_the_known_curve()
    {
        // Atoms 1 and t of weights w and 1 − w: there is a gap exactly if c (w^{1/3} + ((1 − w)t²)^{1/3})³ < (t − 1)².
        var system = Catalogue.Default.Get("sample-covariance-support");
        var plan = PhaseDiagramPlan.Create(
            system, new Dictionary<string, Value> { ["eigenvalues"] = Value.Vector([1, 2]), ["weights"] = Value.Vector([0.3, 0.7]) },
            new("eigenvalues[1]", 2, 12), new("aspect_ratio", 0.05, 0.9), "gap: count(edges) > 2; none") with
        { Levels = 2 };
        var diagram = PhaseDiagram.Compute(plan);
        var boundary = Assert.Single(diagram.Boundaries);
        Assert.True(boundary.Points.Length > 50);
        foreach (var (t, c) in boundary.Points)
            Assert.Equal(1, c * Math.Pow(Math.Cbrt(0.3) + Math.Cbrt(0.7 * t * t), 3) / Math.Pow(t - 1, 2), 1e-5);
        Assert.Equal("gap", diagram.ClassAt(11, 0.1));
    }

    [Fact]
    public void Message_passing_recovers_exactly_up_to_the_known_sparsity_and_illegal_points_have_no_class()
    {
        // At a fixed threshold α: ε(1 + α²) + (1 − ε)h = δ with h the risk of zeros; α must be above α_min(δ).
        const double alpha = 1.1;
        var h = SoftThreshold.NullRisk(alpha);
        var plan = PhaseDiagramPlan.Create(
            Catalogue.Default.Get("lasso"), new Dictionary<string, Value> { ["noise"] = 0, ["threshold"] = alpha, ["signal"] = "pm1" },
            new("delta", 0.05, 0.95), new("sparsity", 0.001, 0.6), "exact: mse == 0; error");
        var diagram = PhaseDiagram.Compute(plan);
        var boundary = diagram.Boundaries.Single(b => b.Points.Length > 10);
        foreach (var (delta, epsilon) in boundary.Points.Where(p => p.X > h + 0.02)) Assert.Equal((delta - h) / (1 + alpha * alpha - h), epsilon, 2e-6);
        Assert.Null(diagram.ClassAt(0.06, 0.3));
        Assert.Equal("exact", diagram.ClassAt(0.9, 0.01));
        var status = diagram.Points["status"];
        Assert.All(Enumerable.Range(0, diagram.Points.RowCount), r => Assert.Equal(status.Text(r) == "converged", !diagram.Points["class"].IsAbsent(r)));
        Assert.Contains(Enumerable.Range(0, diagram.Points.RowCount), r => status.Text(r) == "invalid_input" && diagram.Points["message"].Text(r)!.Contains("threshold", StringComparison.Ordinal));
    }

    [Fact]
    public void The_phases_of_subspace_clustering_end_at_its_thresholds()
    {
        var plan = PhaseDiagramPlan.Create(
            Catalogue.Default.Get("subspace-clustering"), new Dictionary<string, Value> { ["clusters"] = 2, ["alpha"] = 2, ["unit"] = "spectral" },
            new("sparsity", 0.01, 0.3), new("lambda", 0.2, 1.2)) with
        { Cells = 16, Levels = 3 };
        var diagram = PhaseDiagram.Compute(plan);
        Assert.Equal(["easy", "hard", "impossible"], diagram.Shares.Select(s => s.Key));
        var checkedPoints = 0;
        foreach (var boundary in diagram.Boundaries)
        {
            foreach (var (rho, lambda) in boundary.Points.Where(p => p.X is < 0.17 or > 0.215))
            {
                var t = new SubspaceClustering(2, 2, rho).ReducedThresholds;
                var expected = (boundary.First, boundary.Second) switch
                {
                    ("easy", "hard") => t.Algorithmic!.Value,
                    ("easy", "impossible") => 1,
                    _ => t.InformationTheoretic!.Value,
                };
                Assert.Equal(expected, lambda, 2e-5);   // the slope of λ_IT at small ρ multiplies the precision along ρ
                checkedPoints++;
            }
        }

        Assert.True(checkedPoints > 150);
    }

    [Fact]
    public void Numbers_do_not_depend_on_the_number_of_threads()
    {
        var plan = Curved("peak: test_error > 0.7; slope: test_error > 0.4; flat");
        var (one, four) = (PhaseDiagram.Compute(plan with { Threads = 1 }), PhaseDiagram.Compute(plan with { Threads = 4 }));
        Assert.Equal(one.Shares, four.Shares);
        Assert.Equal(one.Cells, four.Cells);
        Assert.Equal(one.Boundaries.Select(b => (b.First, b.Second, b.IsClosed)), four.Boundaries.Select(b => (b.First, b.Second, b.IsClosed)));
        Assert.Equal(one.Boundaries.SelectMany(b => b.Points), four.Boundaries.SelectMany(b => b.Points));
        Assert.Equal(one.Points["test_error"].Numbers.ToArray(), four.Points["test_error"].Numbers.ToArray());
    }

    [Fact]
    public void A_boundary_on_logarithmic_axes_is_found_to_the_same_fraction()
    {
        foreach (var point in Assert.Single(PhaseDiagram.Compute(Curved("alpha*lambda < 0.01")).Boundaries).Points) Assert.Equal(1, point.X * point.Y / 0.01, 2e-5);
    }

    [Fact]
    public void Experiments_stand_on_a_grid_of_their_own()
    {
        var plan = Ridge("test_error > 0.5") with { Cells = 4, Levels = 1, MeasuredPoints = 2, Measurement = new() { Sizes = [30], Trials = 10, Seed = 3 } };
        var table = PhaseDiagram.Compute(plan).Measurements!;
        Assert.Equal(4, table.RowCount);
        Assert.Equal([1.25, 1.25, 1.75, 1.75], table["alpha"].Numbers.ToArray());
        Assert.Equal([0.25, 0.75, 0.25, 0.75], table["noise"].Numbers.ToArray());
        for (var row = 0; row < 4; row++) Assert.Equal(table["test_error"][row], table["test_error_mean"][row], 5 * table["test_error_se"][row] + 0.3);
    }

    [Fact]
    public void Files_hold_the_points_and_the_curves()
    {
        var folder = Directory.CreateTempSubdirectory("theory-diagram-").FullName;
        try
        {
            var diagram = PhaseDiagram.Compute(Ridge("noise < alpha - 1"));
            var files = diagram.Save(folder);
            Assert.Equal(["diagram.json", "points.parquet", "points.csv", "boundaries.parquet", "boundaries.csv"], files.Select(f => Path.GetFileName(f)));
            var json = System.Text.Json.JsonDocument.Parse(File.ReadAllText(files[0])).RootElement;
            Assert.Equal("noise < alpha - 1", json.GetProperty("rule").GetString());
            var curve = json.GetProperty("boundaries")[0];
            Assert.Equal(diagram.Boundaries[0].Points.Select(p => p.Y), curve.GetProperty("noise").EnumerateArray().Select(v => v.GetDouble()));
            Assert.Equal(diagram.Boundaries.Sum(b => b.Points.Length) + 1, File.ReadAllLines(files[4]).Length);
            Assert.Equal(diagram.Points.RowCount + 1, File.ReadAllLines(files[2]).Length);
            Assert.Equal(2, Directory.GetFiles(folder, "*.parquet").Count(f => File.ReadAllBytes(f).AsSpan().StartsWith("PAR1"u8)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Illegal_plans_name_what_is_wrong()
    {
        var ridge = Catalogue.Default.Get("ridge-regression");
        var inputs = new Dictionary<string, Value> { ["lambda"] = 0.1, ["noise"] = 0.1 };
        InvalidInputException Fault(DiagramAxis x, DiagramAxis y, string? rule = "test_error > 1") => Assert.Throws<InvalidInputException>(() => PhaseDiagramPlan.Create(ridge, inputs, x, y, rule));
        Assert.Equal("alpha", Fault(new("alpha", -1, 1), Square.Y).Parameter);
        Assert.Equal("beta", Fault(new("beta", 1, 2), Square.Y).Parameter);
        Assert.Equal("alpha", Fault(Square.X, Square.X).Parameter);
        Assert.Equal("rule", Fault(Square.X, Square.Y, null).Parameter);
        Assert.Equal("levels", Assert.Throws<InvalidInputException>(() => PhaseDiagram.Compute(Ridge("noise < 1") with { Cells = 100, Levels = 8 })).Parameter);
        Assert.Equal("Cells", Assert.Throws<ArgumentOutOfRangeException>(() => Ridge("noise < 1") with { Cells = 0 }).ParamName);
        var clustering = Catalogue.Default.Get("subspace-clustering");
        Assert.Contains("whole numbers", Assert.Throws<InvalidInputException>(() => PhaseDiagramPlan.Create(
            clustering, new Dictionary<string, Value> { ["alpha"] = 2, ["sparsity"] = 0.1 }, new("clusters", 2, 10), new("lambda", 1, 2))).Message, StringComparison.Ordinal);
        foreach (var text in new[] { "alpha", "alpha=1", "alpha=1:2:3", "alpha=2:1", "alpha=a:b", "alpha=0:1:log", "alpha[x]=0:1" }) Assert.Throws<InvalidInputException>(() => DiagramAxis.Parse(text));
        Assert.Equal(new DiagramAxis("lambda", 1e-3, 1, true), DiagramAxis.Parse("lambda=1e-3:1:log"));
        Assert.Equal(new DiagramAxis("spikes[1]", 0, 2), DiagramAxis.Parse("spikes[1]=0:2"));
    }

    private static PhaseDiagramPlan Ridge(string rule) =>
        PhaseDiagramPlan.Create(Catalogue.Default.Get("ridge-regression"), new Dictionary<string, Value> { ["lambda"] = 0.1 }, Square.X, Square.Y, rule);

    private static PhaseDiagramPlan Curved(string rule) =>
        PhaseDiagramPlan.Create(Catalogue.Default.Get("ridge-regression"), new Dictionary<string, Value> { ["noise"] = 0.2 }, new("alpha", 0.1, 10, true), new("lambda", 1e-4, 1, true), rule);
}
