using Antlr4.Runtime;

namespace ProvingLayer.Language.Parsing;

/// <summary>What the generated parser derives from: counts the rules that are open, so that no input can overflow the stack.</summary>
public abstract class DepthCountingParser : Antlr4.Runtime.Parser
{
    private int _depth;

    /// <summary>A parser that writes to the given places.</summary>
    /// <param name="input">The tokens.</param>
    /// <param name="output">Where it writes.</param>
    /// <param name="errorOutput">Where it writes errors.</param>
    protected DepthCountingParser(ITokenStream input, TextWriter output, TextWriter errorOutput)
        : base(input, output, errorOutput)
    {
    }

    /// <inheritdoc/>
    public override void EnterRule(ParserRuleContext localctx, int state, int ruleIndex)
    {
        if (_depth >= Limits.RuleDepth)
        {
            throw new NestingException(CurrentToken);
        }

        _depth++;
        base.EnterRule(localctx, state, ruleIndex);
    }

    /// <inheritdoc/>
    public override void ExitRule()
    {
        _depth--;
        base.ExitRule();
    }
}
