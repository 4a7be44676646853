using Antlr4.Runtime;
using Antlr4.Runtime.Misc;
using ProvingLayer.Language.Grammar;

namespace ProvingLayer.Language.Parsing;

/// <summary>The grammar nests too deeply at a token.</summary>
internal sealed class NestingException(IToken token) : ParseCanceledException
{
    public IToken Token { get; } = token;
}

/// <summary>A parse came to a token that does not fit.</summary>
/// <param name="token">The token.</param>
/// <param name="index">Its index in the token list.</param>
/// <param name="context">The rule that was open.</param>
/// <param name="expected">What would have fitted; null when several readings failed at different places.</param>
internal sealed class SyntaxFailure(IToken token, int index, RuleContext context, IntervalSet? expected) : ParseCanceledException
{
    public IToken Token { get; } = token;

    public int Index { get; } = index;

    public RuleContext Context { get; } = context;

    public IntervalSet? Expected { get; } = expected;
}

/// <summary>
/// Stops at the first token that does not fit and says which. Nothing is mended inside the parse: <see cref="Repair"/> mends the token
/// list and the declaration is parsed again, so the tree is always whole.
/// </summary>
internal sealed class TenorErrorStrategy : DefaultErrorStrategy
{
    public override void ReportError(Antlr4.Runtime.Parser recognizer, RecognitionException e)
    {
        // Recover follows with the same exception.
    }

    public override void Recover(Antlr4.Runtime.Parser recognizer, RecognitionException e)
    {
        var tokens = (TokenList)recognizer.InputStream;
        var index = tokens.Index;
        while (!ReferenceEquals(tokens[index], e.OffendingToken) && tokens[index].Type != TenorParser.Eof)
        {
            index++;
        }

        throw new SyntaxFailure(tokens[index], index, recognizer.RuleContext, index == tokens.Index ? recognizer.GetExpectedTokens() : null);
    }

    public override IToken RecoverInline(Antlr4.Runtime.Parser recognizer) =>
        throw new SyntaxFailure(recognizer.CurrentToken, recognizer.InputStream.Index, recognizer.RuleContext, recognizer.GetExpectedTokens());

    public override void Sync(Antlr4.Runtime.Parser recognizer)
    {
        // A token that does not fit is found when it is matched.
    }
}
