using ScottPlot;
using SkiaSharp;

namespace Theory.Plotting;

/// <summary>One entry of a legend: a sample of a line, a dot with its bar, or a patch, and a text.</summary>
internal sealed record LegendEntry(string Text, Color Color, LegendSample Sample);

/// <summary>What a legend entry shows.</summary>
internal enum LegendSample
{
    /// <summary>A full line.</summary>
    Line,

    /// <summary>A dashed line.</summary>
    Dashes,

    /// <summary>A dot with an error bar.</summary>
    Dot,

    /// <summary>A filled square.</summary>
    Patch,

    /// <summary>A filled disc with an outline.</summary>
    Disc,
}

/// <summary>Text above or below the axes: title, subtitle and legend, or the caption. It starts at the axes' left end and wraps at the picture's right one.</summary>
internal sealed class TextPanel(Edge edge, float width) : IPanel
{
    private const float SampleWidth = 26;
    private const float SampleGap = 6;
    private const float EntryGap = 22;
    private readonly List<(float Height, Action<SKCanvas, float, float> Draw)> rows = [];

    public bool IsVisible { get; set; } = true;

    public float MinimumSize { get; set; }

    public float MaximumSize { get; set; } = float.MaxValue;

    public Edge Edge { get; } = edge;

    public bool ShowDebugInformation { get; set; }

    private float Height => rows.Sum(r => r.Height);

    public void AddText(string text, float size, Color color, bool bold = false)
    {
        using var font = Font(size, bold);
        foreach (var line in Wrap(Typefaces.Printable(text), font, width))
        {
            rows.Add((1.4f * size, (canvas, x, y) =>
            {
                using var face = Font(size, bold);
                using var paint = new SKPaint { Color = color.ToSKColor(), IsAntialias = true };
                canvas.DrawText(line, x, y + 1.05f * size, face, paint);
            }
            ));
        }
    }

    public void AddSpace(float height) => rows.Add((height, static (_, _, _) => { }));

    public void AddLegend(IReadOnlyList<LegendEntry> entries, float size)
    {
        using var font = Font(size, false);
        var row = new List<(LegendEntry Entry, float Offset)>();
        var used = 0f;
        foreach (var entry in entries)
        {
            var length = SampleWidth + SampleGap + font.MeasureText(Typefaces.Printable(entry.Text));
            if (row.Count > 0 && used + length > width)
            {
                AddLegendRow([.. row], size);
                row.Clear();
                used = 0;
            }
            row.Add((entry, used));
            used += length + EntryGap;
        }
        if (row.Count > 0) AddLegendRow([.. row], size);
    }

    public float Measure(Paint paint) => Height;

    public PixelRect GetPanelRect(PixelRect dataRect, float size, float offset, Paint paint) => Edge == Edge.Top
        ? new(dataRect.Left, dataRect.Left + width, dataRect.Top - offset, dataRect.Top - offset - size)
        : new(dataRect.Left, dataRect.Left + width, dataRect.Bottom + offset + size, dataRect.Bottom + offset);

    public void Render(RenderPack rp, float size, float offset)
    {
        var (left, top) = (rp.DataRect.Left, Edge == Edge.Top ? rp.DataRect.Top - offset - size : rp.DataRect.Bottom + offset);
        foreach (var (height, draw) in rows)
        {
            draw(rp.Canvas, left, top);
            top += height;
        }
    }

    private void AddLegendRow((LegendEntry Entry, float Offset)[] row, float size) => rows.Add((1.6f * size, (canvas, x, y) =>
    {
        using var font = Font(size, false);
        using var ink = new SKPaint { Color = Palette.Ink.ToSKColor(), IsAntialias = true };
        foreach (var (entry, offset) in row)
        {
            DrawSample(canvas, entry, x + offset, y + 0.75f * size);
            canvas.DrawText(Typefaces.Printable(entry.Text), x + offset + SampleWidth + SampleGap, y + 1.1f * size, font, ink);
        }
    }
    ));

    private static void DrawSample(SKCanvas canvas, LegendEntry entry, float x, float y)
    {
        using var paint = new SKPaint { Color = entry.Color.ToSKColor(), IsAntialias = true, StrokeWidth = 2, IsStroke = entry.Sample != LegendSample.Patch };
        using var dashes = SKPathEffect.CreateDash([5, 4], 0);
        var middle = x + SampleWidth / 2;
        switch (entry.Sample)
        {
            case LegendSample.Line:
                canvas.DrawLine(x, y, x + SampleWidth, y, paint);
                break;
            case LegendSample.Dashes:
                paint.PathEffect = dashes;
                canvas.DrawLine(x, y, x + SampleWidth, y, paint);
                break;
            case LegendSample.Dot:
                paint.StrokeWidth = 1.4f;
                canvas.DrawLine(middle, y - 7, middle, y + 7, paint);
                paint.IsStroke = false;
                canvas.DrawCircle(middle, y, 3.6f, paint);
                break;
            case LegendSample.Disc when entry.Color.A > 0:
                paint.IsStroke = false;
                canvas.DrawCircle(middle, y, 5, paint);
                (paint.IsStroke, paint.StrokeWidth, paint.Color) = (true, 1, Palette.Ink.ToSKColor());
                canvas.DrawCircle(middle, y, 5, paint);
                break;
            case LegendSample.Disc:
                break;
            default:
                canvas.DrawRect(middle - 6, y - 6, 12, 12, paint);
                break;
        }
    }

    /// <summary>A face in a size, with metrics that do not depend on the pixel grid.</summary>
    internal static SKFont Font(float size, bool bold) => new(bold ? Typefaces.SemiBold : Typefaces.Regular, size) { Subpixel = true, LinearMetrics = true, Hinting = SKFontHinting.None, Edging = SKFontEdging.Antialias };

    /// <summary>Breaks a text at spaces so that its lines are no longer than a width.</summary>
    internal static IEnumerable<string> Wrap(string text, SKFont font, float width)
    {
        foreach (var paragraph in text.Split('\n'))
        {
            var line = "";
            foreach (var word in paragraph.Split(' '))
            {
                var longer = line.Length == 0 ? word : $"{line} {word}";
                if (line.Length > 0 && font.MeasureText(longer) > width)
                {
                    yield return line;
                    longer = word;
                }
                line = longer;
            }
            yield return line;
        }
    }
}
