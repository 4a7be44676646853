using Antlr4.Runtime;
using Antlr4.Runtime.Misc;

namespace ProvingLayer.Language.Parsing;

/// <summary>A parse came as far as it may.</summary>
internal sealed class BarrierReached : ParseCanceledException;

/// <summary>The tokens of a file that the grammar sees, the last being the end of the file. They can be edited between two parses.</summary>
internal sealed class TokenList : ITokenStream
{
    private readonly List<CommonToken> _tokens;
    private readonly ITokenSource _source;

    public TokenList(List<CommonToken> tokens, ITokenSource source)
    {
        _tokens = tokens;
        _source = source;
    }

    /// <summary>A parse that reads the token of this index ends with <see cref="BarrierReached"/>.</summary>
    public int Barrier { get; set; } = int.MaxValue;

    public int Index { get; private set; }

    public int Size => _tokens.Count;

    public string SourceName => _source.SourceName;

    public ITokenSource TokenSource => _source;

    public CommonToken this[int index] => _tokens[index];

    /// <summary>Inserts a token without text just after the token before the index.</summary>
    public void Insert(int index, int type)
    {
        var at = index == 0 ? 0 : _tokens[index - 1].StopIndex + 1;
        _tokens.Insert(index, new CommonToken(type) { StartIndex = at, StopIndex = at - 1, Text = "" });
    }

    public void Insert(int index, IEnumerable<CommonToken> tokens) => _tokens.InsertRange(index, tokens);

    /// <summary>Takes tokens out; the end of the file stays.</summary>
    public List<CommonToken> Remove(int index, int count)
    {
        var removed = _tokens.GetRange(index, Math.Min(count, _tokens.Count - 1 - index));
        _tokens.RemoveRange(index, removed.Count);
        return removed;
    }

    public IToken LT(int k)
    {
        if (k == 0)
        {
            return null!;
        }

        var index = k > 0 ? Index + k - 1 : Index + k;
        if (index >= Barrier)
        {
            throw new BarrierReached();
        }

        return index < 0 ? null! : _tokens[Math.Min(index, _tokens.Count - 1)];
    }

    public int LA(int i) => LT(i)?.Type ?? 0;

    public void Consume()
    {
        if (Index < _tokens.Count - 1)
        {
            Index++;
        }
    }

    public void Seek(int index) => Index = index;

    public int Mark() => 0;

    public void Release(int marker)
    {
    }

    public IToken Get(int i) => _tokens[i];

    public string GetText(Interval interval) => string.Concat(_tokens.Skip(interval.a).Take(interval.Length).Select(t => t.Text));

    public string GetText() => string.Concat(_tokens.Select(t => t.Text));

    public string GetText(RuleContext ctx) => GetText(ctx.SourceInterval);

    public string GetText(IToken start, IToken stop) => GetText(new Interval(start.TokenIndex, stop.TokenIndex));
}
